package dev.browserpool.spi;

import dev.browserpool.ProfileRule;
import java.util.List;
import java.util.Optional;

/**
 * A question that changes nothing.
 *
 * @param <T> the answer's type
 */
public sealed interface Query<T> {
    /** The pool at this moment, with the first 100 of the line. */
    record Status() implements Query<StatusFacts> {}

    /**
     * One request: waiting, running, or the latest of that id in the history.
     *
     * @param requestId the id
     */
    record Slot(String requestId) implements Query<Optional<SlotFacts>> {}

    /**
     * Where one of this member's waiters stands; empty if it does not wait.
     *
     * @param ticket which
     */
    record Place(Ticket ticket) implements Query<Optional<Wait>> {}

    /**
     * A page of the line, in order of arrival.
     *
     * @param offset how many to skip
     * @param limit how many to show
     */
    record Line(int offset, int limit) implements Query<List<SlotFacts>> {}

    /**
     * Ended requests, newest first.
     *
     * @param limit how many
     */
    record Recent(int limit) implements Query<List<SlotFacts>> {}

    /**
     * The owners of one profile.
     *
     * @param profileId which
     */
    record Owners(String profileId) implements Query<List<LockFacts>> {}

    /** The owners of all profiles. */
    record AllOwners() implements Query<List<LockFacts>> {}

    /**
     * The rule of one profile.
     *
     * @param profileId which
     */
    record Rule(String profileId) implements Query<ProfileRule> {}

    /** What the ledger holds for the asking member. */
    record Mine() implements Query<Holdings> {}
}
