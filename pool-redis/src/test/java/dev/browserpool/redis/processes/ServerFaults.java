package dev.browserpool.redis.processes;

import dev.browserpool.redis.ShiftedClock;
import dev.browserpool.redis.processes.Arena.Setting;
import java.time.Duration;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

/** Faults of a server that forgets nothing. */
final class ServerFaults {
    private static final Duration HOUR = Duration.ofHours(1);

    private ServerFaults() {}

    /** It forgets all scripts and functions, again and again. */
    static Verdict scriptsFlushed(Plan plan) throws Exception {
        try (Arena arena = new Arena(plan, Setting.plain())) {
            for (int i = 0; i < 5 * plan.rounds(); i++) {
                arena.order(Command.SCRIPT, "FLUSH");
                arena.order(Command.FUNCTION, "FLUSH");
                arena.awaitGrants(3);
            }
            return arena.finish(false);
        }
    }

    /** It answers nobody: first for a moment, then for longer than anybody can believe in a lease. */
    static Verdict paused(Plan plan) throws Exception {
        try (Arena arena = new Arena(plan, Setting.plain())) {
            for (int i = 0; i < plan.rounds(); i++) {
                pause(arena, arena.timing().memberTtl().dividedBy(3));
                arena.awaitGrants(5);
                pause(arena, arena.timing().memberTtl().plusMillis(300));
                arena.awaitGrants(10);
            }
            return arena.finish(false);
        }
    }

    private static void pause(Arena arena, Duration time) throws Exception {
        arena.disturb("", () -> {
            arena.order(Command.CLIENT, "PAUSE", Long.toString(time.toMillis()), "ALL");
            arena.letRun(time);
        });
    }

    /** The whole process stands still, for longer than anybody can believe in a lease. */
    static Verdict frozen(Plan plan) throws Exception {
        try (Arena arena = new Arena(plan, Setting.plain())) {
            for (int i = 0; i < plan.rounds(); i++) {
                arena.disturb("", () -> {
                    arena.redis().freeze();
                    arena.letRun(arena.timing().memberTtl().plusMillis(300));
                    arena.redis().thaw();
                });
                arena.awaitGrants(10);
            }
            return arena.finish(false);
        }
    }

    /** It has no memory left, and evicts nothing: for longer than a member lives without a sign of life. */
    static Verdict outOfMemory(Plan plan) throws Exception {
        try (Arena arena = new Arena(plan, Setting.plain("--maxmemory-policy", "noeviction"))) {
            for (int i = 0; i < plan.rounds(); i++) {
                arena.disturb("", () -> {
                    arena.order(Command.CONFIG, "SET", "maxmemory", "1");
                    arena.letRun(arena.timing()
                            .memberTtl()
                            .plus(arena.timing().stopGrace())
                            .plusMillis(500));
                    arena.order(Command.CONFIG, "SET", "maxmemory", "0");
                });
                arena.awaitGrants(10);
            }
            return arena.finish(false);
        }
    }

    /** Its clock jumps: an hour ahead, then two back. */
    static Verdict clockJumps(Plan plan) throws Exception {
        try (Arena arena = new Arena(plan, Setting.onShiftedClock())) {
            for (int i = 0; i < plan.rounds(); i++) {
                for (Duration shift : new Duration[] {HOUR, HOUR.negated(), Duration.ZERO}) {
                    try (RedisClient client = arena.redis().client()) {
                        ShiftedClock.shift(client, Arena.POOL, shift.toMillis() * 1_000);
                    }
                    arena.awaitGrants(10);
                }
            }
            return arena.finish(false);
        }
    }
}
