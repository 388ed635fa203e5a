package dev.browserpool.spi;

import java.util.Optional;

/** What became of a request that was submitted. Submitting the same ticket again gives the same kind of answer again. */
public sealed interface Admission {
    /**
     * It has its slot.
     *
     * @param grant what it got
     */
    record Granted(Grant grant) implements Admission {}

    /**
     * It is in line.
     *
     * @param position 1 for the oldest
     * @param arrival its arrival number, kept to the end
     * @param conflict why its profile could not be had when it came, if that was so
     */
    record Queued(int position, long arrival, Optional<Busy> conflict) implements Admission {}

    /**
     * It is not in line.
     *
     * @param refusal why
     * @param conflict why its profile could not be had, if that was so, whatever it was refused for
     */
    record Refused(Refusal refusal, Optional<Busy> conflict) implements Admission {}

    /**
     * The ledger does not know this member, or knows it no longer: it has to join anew.
     *
     * @param epoch the store's present one, as in {@link Beat.Rejoin}
     */
    record NotJoined(String epoch) implements Admission {}
}
