package dev.browserpool.redis.processes;

import dev.browserpool.redis.processes.Arena.Setting;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.Protocol.Command;

/** Links that are cut, connections that break, messages that get lost. */
final class LinkFaults {
    private static final List<String> SUBSCRIBERS = List.of("pubsub");
    private static final List<String> EVERYBODY = List.of("pubsub", "normal");

    private LinkFaults() {}

    /** One member's link falls silent, for longer than the store waits for it. */
    static Verdict cut(Plan plan) throws Exception {
        try (Arena arena = new Arena(plan, Setting.linked())) {
            Duration tooLong =
                    arena.timing().memberTtl().plus(arena.timing().stopGrace()).plusMillis(700);
            for (int i = 0; i < plan.rounds(); i++) {
                int victim = i % plan.workers();
                arena.awaitBusy(arena.worker(victim));
                arena.disturb(arena.worker(victim).name(), () -> {
                    arena.links().get(victim).fallSilent();
                    arena.letRun(tooLong);
                    arena.links().get(victim).speakAgain();
                });
                arena.awaitGrants(10);
            }
            return arena.finish(false);
        }
    }

    /** What is published reaches nobody, and nobody is told so. */
    static Verdict messagesLost(Plan plan) throws Exception {
        try (Arena arena = new Arena(plan, Setting.linked())) {
            for (int i = 0; i < plan.rounds(); i++) {
                arena.links().forEach(link -> link.loseMessages(true));
                arena.awaitGrants(15);
                arena.links().forEach(link -> link.loseMessages(false));
                arena.awaitGrants(5);
            }
            if (arena.links().stream().mapToLong(TcpProxy::lost).sum() == 0) {
                throw new AssertionError("no message was lost: the trial shows nothing");
            }
            return arena.finish(false);
        }
    }

    /** The server throws the subscribers out, again and again. */
    static Verdict subscribersKilled(Plan plan) throws Exception {
        return thrownOut(plan, SUBSCRIBERS);
    }

    /** The server throws everybody out, again and again. */
    static Verdict everybodyKilled(Plan plan) throws Exception {
        return thrownOut(plan, EVERYBODY);
    }

    private static Verdict thrownOut(Plan plan, List<String> types) throws Exception {
        try (Arena arena = new Arena(plan, Setting.plain())) {
            for (int i = 0; i < 4 * plan.rounds(); i++) {
                for (String type : types) {
                    arena.order(Command.CLIENT, "KILL", "TYPE", type, "SKIPME", "yes");
                }
                arena.awaitGrants(3);
            }
            arena.awaitGrants(10);
            return arena.finish(false);
        }
    }
}
