package dev.browserpool;

import java.time.Duration;
import java.util.Optional;

/**
 * How a load test takes the pool. Immutable: the methods that look like setters return a changed copy.
 *
 * @param timeout how long to wait for another load test to end; zero means now or never
 * @param timeLimit after how long it ends by itself
 * @param drainWithin how long to wait, once the lock is taken, until no browser runs any more; empty does not wait
 * @param who the person or program, for all who are kept out; empty for this JVM's process and host
 */
public record LoadTestOptions(
        Duration timeout, Duration timeLimit, Optional<Duration> drainWithin, Optional<String> who) {

    /** Refuses times out of range and names that can't be shown, with an {@link IllegalArgumentException}. */
    public LoadTestOptions {
        Names.notNegative("timeout", timeout);
        Names.positive("timeLimit", timeLimit);
        drainWithin.ifPresent(within -> Names.positive("drainWithin", within));
        who.ifPresent(name -> Names.id("who", name));
    }

    /** Waits an hour for another load test, runs two hours at most, does not wait for running browsers, in the name of this process. */
    public static LoadTestOptions defaults() {
        return new LoadTestOptions(Duration.ofHours(1), Duration.ofHours(2), Optional.empty(), Optional.empty());
    }

    /** The same with another time to wait for another load test; zero means now or never. */
    public LoadTestOptions withTimeout(Duration other) {
        return new LoadTestOptions(other, timeLimit, drainWithin, who);
    }

    /** The same with another time after which it ends by itself. */
    public LoadTestOptions withTimeLimit(Duration other) {
        return new LoadTestOptions(timeout, other, drainWithin, who);
    }

    /** The same, but once it has the lock it waits for so long until no browser runs any more; if some still do, it gives up. */
    public LoadTestOptions withDrain(Duration within) {
        return new LoadTestOptions(timeout, timeLimit, Optional.of(within), who);
    }

    /** The same in the name of this person or program. */
    public LoadTestOptions withWho(String name) {
        return new LoadTestOptions(timeout, timeLimit, drainWithin, Optional.of(name));
    }
}
