package dev.browserpool.spi;

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
    record Line(int offset, int limit) implements Query<LinePage> {}

    /**
     * Ended requests, newest first.
     *
     * @param limit how many
     */
    record Recent(int limit) implements Query<List<SlotFacts>> {}

    /**
     * One profile, known or not.
     *
     * @param profileId which
     */
    record Profile(String profileId) implements Query<ProfileFacts> {}

    /** The profiles that are owned, waited for, blocked or stale, by name. */
    record Profiles() implements Query<List<ProfileFacts>> {}

    /**
     * What happened to a profile, newest first.
     *
     * @param profileId which
     * @param limit how many
     */
    record ProfileHistory(String profileId, int limit) implements Query<List<RecordFacts>> {}

    /** The load test that has the pool. */
    record LoadTest() implements Query<Optional<LoadTestFacts>> {}

    /**
     * Load tests that are over, newest first.
     *
     * @param limit how many
     */
    record LoadTests(int limit) implements Query<List<LoadTestRecordFacts>> {}

    /** What the ledger holds for the asking member. */
    record Mine() implements Query<Holdings> {}
}
