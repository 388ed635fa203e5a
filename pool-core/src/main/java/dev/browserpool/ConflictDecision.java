package dev.browserpool;

import java.time.Instant;
import java.util.Optional;

/**
 * What a scheduler does with a task whose profile is in other hands; see {@link ConflictPolicy}.
 *
 * @param action what to do
 * @param at when to try again; there for {@link Action#RESCHEDULE} alone
 * @param why a sentence for people and logs
 */
public record ConflictDecision(Action action, Optional<Instant> at, String why) {
    /** What becomes of a task. */
    public enum Action {
        /** Ask again at once with a claim that waits: it gets its place in the profile's line, and holds nothing there. */
        WAIT,
        /** Do something else, and ask again later. */
        RESCHEDULE,
        /** Leave it out: only a person can make it possible. */
        SKIP,
        /** Put it before a person. */
        REVIEW
    }
}
