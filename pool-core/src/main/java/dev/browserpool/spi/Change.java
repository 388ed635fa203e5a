package dev.browserpool.spi;

import dev.browserpool.ProfileLock;
import java.time.Duration;

/** What may change about a lease while it is held. */
public sealed interface Change {
    /** Its work is over, evidence is being saved and the browser closed. */
    record Releasing() implements Change {}

    /**
     * It may be held for longer. Said with the total, so that it may be repeated.
     *
     * @param total by how much all extensions so far, this one included, move its end
     */
    record Extend(Duration total) implements Change {}

    /**
     * Its owner got so far. What is empty stays as it was.
     *
     * @param progress how far
     */
    record Note(ProfileLock.Progress progress) implements Change {}

    /** The profile's directory was opened: the newest state is there from now on. */
    record Opened() implements Change {}

    /**
     * Somebody else is on the profile's directory: slot and profile are given back, the profile is closed for a while.
     *
     * @param by who
     * @param lookAgainIn for how long the profile is closed
     * @param stay whether the request waits, at its old place; otherwise it ends
     */
    record Park(OutsideOwner by, Duration lookAgainIn, boolean stay) implements Change {}
}
