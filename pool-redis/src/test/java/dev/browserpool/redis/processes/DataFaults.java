package dev.browserpool.redis.processes;

import static org.awaitility.Awaitility.await;

import dev.browserpool.redis.processes.Arena.Setting;
import dev.browserpool.redis.servers.Binary;
import dev.browserpool.redis.servers.ServerProcess;
import java.time.Duration;
import redis.clients.jedis.Protocol.Command;

/** Servers that forget, or go back in time. */
final class DataFaults {
    /** For how long the store goes on after what it will remember: many leases begin and end in it. */
    private static final Duration FORGOTTEN = Duration.ofMillis(700);

    private DataFaults() {}

    /** Killed with -9, and started again with nothing. */
    static Verdict restartedEmpty(Plan plan) throws Exception {
        try (Arena arena = new Arena(plan, Setting.plain())) {
            for (int i = 0; i < plan.rounds(); i++) {
                restart(arena);
            }
            return arena.finish(true);
        }
    }

    /** Killed with -9, and started again with what it knew a moment ago. */
    static Verdict restartedFromSnapshot(Plan plan) throws Exception {
        try (Arena arena = new Arena(plan, Setting.plain())) {
            for (int i = 0; i < plan.rounds(); i++) {
                arena.order(Command.SAVE);
                arena.letRun(FORGOTTEN);
                restart(arena);
            }
            return arena.finish(true);
        }
    }

    /** Killed with -9, and started again with all that it knew; one of its members has died meanwhile. */
    static Verdict restartedFromLog(Plan plan) throws Exception {
        try (Arena arena = new Arena(plan, Setting.plain("--appendonly", "yes"))) {
            for (int i = 0; i < plan.rounds(); i++) {
                WorkerProcess victim = arena.worker(arena.workers().size() - 1);
                arena.awaitBusy(victim);
                arena.disturb("", () -> {
                    arena.redis().kill();
                    victim.kill();
                    arena.redis().restart();
                });
                arena.awaitGrants(10);
                arena.replaceKilled(i);
            }
            return arena.finish(false);
        }
    }

    /** All data is deleted under a running server. */
    static Verdict flushed(Plan plan) throws Exception {
        try (Arena arena = new Arena(plan, Setting.plain())) {
            for (int i = 0; i < plan.rounds(); i++) {
                arena.disturb("", () -> arena.order(Command.FLUSHALL));
                arena.awaitGrants(10);
            }
            return arena.finish(true);
        }
    }

    /** A replica that missed the last writes takes over. */
    static Verdict promoted(Plan plan) throws Exception {
        try (Arena arena = new Arena(plan, Setting.linked())) {
            for (int i = 0; i < plan.rounds(); i++) {
                promote(arena);
                arena.awaitGrants(10);
            }
            return arena.finish(true);
        }
    }

    private static void promote(Arena arena) throws Exception {
        try (TcpProxy replication = TcpProxy.to(arena.redis().port())) {
            ServerProcess replica = ServerProcess.start(
                    Binary.BUNDLED, "--replicaof", "127.0.0.1", Integer.toString(replication.port()));
            await("the replica follows").atMost(Duration.ofSeconds(20)).until(() -> arena.isFollowedBy(replica));
            replication.fallSilent();
            arena.letRun(FORGOTTEN);
            arena.disturb("", () -> arena.failOverTo(replica));
        }
    }

    private static void restart(Arena arena) throws Exception {
        arena.disturb("", () -> {
            arena.redis().kill();
            arena.redis().restart();
        });
        arena.awaitGrants(10);
    }
}
