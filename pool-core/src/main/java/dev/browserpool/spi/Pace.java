package dev.browserpool.spi;

import java.time.Duration;
import java.util.Optional;

/**
 * How fast the line moves. One number stands for all recent leases, so that neither a grant nor a question costs more the more there
 * are: the mean of how long slots were held, in which the newest counts an {@link #WEIGHT}th.
 *
 * @param run that mean; empty while no slot was given back yet
 * @param slots how many there are
 * @param used how many of them are in use
 * @param ready how many in line could run if there were a slot
 * @param flows whether slots are granted at all: the pool is not paused, has no load test and does not recover
 */
public record Pace(Optional<Duration> run, int slots, int used, int ready, boolean flows) {
    /** Nothing is known. */
    public static final Pace UNKNOWN = new Pace(Optional.empty(), 0, 0, 0, false);

    /** What part of the mean the newest run is. */
    public static final int WEIGHT = 8;

    /** How long somebody waits from now on who stands at this position, and claims no profile. */
    public Optional<Duration> wait(int position) {
        return waitFor(Math.min(position, ready)); // others before him wait for their profiles
    }

    /** How long somebody would wait who came now, and claims no profile. */
    public Optional<Duration> waitOfNewcomer() {
        return waitFor(ready + 1);
    }

    private Optional<Duration> waitFor(int rank) {
        long turns = (long) rank + used - slots;
        if (!flows) {
            return Optional.empty();
        }
        return turns <= 0
                ? Optional.of(Duration.ZERO)
                : run.map(mean -> mean.multipliedBy(turns).dividedBy(slots));
    }
}
