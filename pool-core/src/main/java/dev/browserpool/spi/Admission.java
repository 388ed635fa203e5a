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
     * @param conflict whether its profile had no room for it
     * @param owner the present owner of that profile, if there is a conflict with an owner
     */
    record Queued(int position, boolean conflict, Optional<LockFacts> owner) implements Admission {}

    /**
     * It is not in line.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements Admission {}

    /** The ledger does not know this member, or knows it no longer: it has to join anew. */
    record NotJoined() implements Admission {}
}
