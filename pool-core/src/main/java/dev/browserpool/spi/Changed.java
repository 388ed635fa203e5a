package dev.browserpool.spi;

import java.time.Duration;

/** What became of a change of a lease. */
public sealed interface Changed {
    /** It is noted. */
    record Noted() implements Changed {}

    /**
     * The lease expires later.
     *
     * @param endsIn in how long
     */
    record Extended(Duration endsIn) implements Changed {}

    /**
     * Slot and profile are given back, and the request waits at its old place.
     *
     * @param position 1 for the oldest; 0 if it was said before and the request has been granted anew
     */
    record Parked(int position) implements Changed {}

    /**
     * The request has ended instead: it was not to wait, or its lease was being taken back.
     *
     * @param how how
     */
    record Ended(Ending how) implements Changed {}

    /** This token holds nothing, or not any more. */
    record NotHeld() implements Changed {}
}
