package dev.browserpool.redis.processes;

import dev.browserpool.redis.processes.Arena.Setting;
import java.time.Duration;

/** Members that die, and members that stand still. */
final class MemberFaults {
    private MemberFaults() {}

    /** Killed with -9 while they hold leases and wait for more. */
    static Verdict killed(Plan plan) throws Exception {
        try (Arena arena = new Arena(plan, Setting.plain())) {
            for (int i = 0; i < plan.rounds(); i++) {
                WorkerProcess victim = arena.worker(i);
                arena.awaitBusy(victim);
                victim.kill();
                arena.letRun(arena.timing().memberTtl().plus(arena.timing().stopGrace()));
                arena.awaitGrants(10);
                arena.replaceKilled(i);
            }
            return arena.finish(false);
        }
    }

    /** Stopped and continued, for longer than the store waits for them. */
    static Verdict stopped(Plan plan) throws Exception {
        try (Arena arena = new Arena(plan, Setting.plain())) {
            Duration tooLong =
                    arena.timing().memberTtl().plus(arena.timing().stopGrace()).plusMillis(700);
            for (int i = 0; i < plan.rounds(); i++) {
                WorkerProcess victim = arena.worker(i % plan.workers());
                arena.awaitBusy(victim);
                arena.disturb(victim.name(), () -> {
                    victim.freeze();
                    arena.letRun(tooLong);
                    victim.thaw();
                });
                arena.awaitGrants(10);
            }
            return arena.finish(false);
        }
    }
}
