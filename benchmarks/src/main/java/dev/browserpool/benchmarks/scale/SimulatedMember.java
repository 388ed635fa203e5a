package dev.browserpool.benchmarks.scale;

import dev.browserpool.benchmarks.scale.Calls.Answer;
import dev.browserpool.benchmarks.scale.Simulation.Why;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What a member knows of itself. In virtual milliseconds. */
final class SimulatedMember {
    final String name;
    final Map<String, String> running = new HashMap<>();
    private final long poll;
    private final long interval;
    int leases;
    int waiters;
    long lastBeat;
    long ledgerDue = Long.MAX_VALUE;

    /** For when its next sign of life is on the agenda; -1 for never. */
    long planned = -1;

    SimulatedMember(String name, Duration poll, Duration interval) {
        this.name = name;
        this.poll = poll.toMillis();
        this.interval = interval.toMillis();
    }

    /** As the engine's heartbeat: the earliest that it has heard of counts until the next sign of life. */
    void hears(long now, Answer answer) {
        long due = answer.more() ? now : answer.dueIn() == Long.MAX_VALUE ? Long.MAX_VALUE : now + answer.dueIn();
        ledgerDue = Math.min(ledgerDue, due);
    }

    private long own() {
        return lastBeat + (waiters > 0 ? Math.min(interval, poll) : interval);
    }

    long next() {
        return Math.min(own(), ledgerDue);
    }

    Why why(long now) {
        if (own() > now) {
            return Why.THE_LEDGER;
        }
        return waiters > 0 ? Why.IT_WAITS : Why.ITS_INTERVAL;
    }
}
