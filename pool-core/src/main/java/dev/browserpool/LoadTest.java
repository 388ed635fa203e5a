package dev.browserpool;

import java.time.Instant;
import java.util.Optional;

/**
 * A load test that has the pool to itself: nobody is granted a slot while it lasts.
 *
 * @param runId its name
 * @param who the person or program that holds it
 * @param since when it began
 * @param until when its time limit ends it at the latest
 * @param memberId the pool instance that holds it, and with which it ends; empty if it lives by its time alone
 */
public record LoadTest(String runId, String who, Instant since, Instant until, Optional<String> memberId) {
    /** Refuses blank, long and unprintable names, with an {@link IllegalArgumentException}. */
    public LoadTest {
        Names.id("runId", runId);
        Names.id("who", who);
    }

    /** For people: who, since when, until when. */
    public String describe() {
        return "load test " + runId + " of " + who + ", since " + since + ", until " + until + " at the latest";
    }
}
