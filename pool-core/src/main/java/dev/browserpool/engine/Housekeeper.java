package dev.browserpool.engine;

import dev.browserpool.spi.PoolTime;

/** One thread that does what is due: timeouts, signs of life, forgotten leases. Each is a step that says when it is due again. */
final class Housekeeper {
    private final Core core;
    private final Heartbeat heartbeat;
    private final Releases releases;
    private final PoolTime.Driven driven;

    Housekeeper(Core core, PoolTime time, Heartbeat heartbeat, Releases releases) {
        this.core = core;
        this.heartbeat = heartbeat;
        this.releases = releases;
        this.driven = time.drive("browser-pool-" + core.config.name() + "-housekeeper", this::run);
        core.deadlines.drivenBy(at -> driven.wakeAt(core.time.toClock(at)));
    }

    private long run(long nanos) {
        long now = core.time.toEngine(nanos);
        long next = Math.min(core.deadlines.runDue(now), heartbeat.run(now));
        core.leaks.find(releases::reclaim);
        core.lookingIn = false; // first: whoever comes from now on wakes this thread, or is seen in the next line
        if (core.table.leases() > 0 || core.table.waiters() > 0) {
            core.lookingIn = true;
            next = Math.min(next, now + core.config.pollInterval().toNanos());
        }
        return next == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, next - now);
    }

    void close() {
        driven.close();
    }
}
