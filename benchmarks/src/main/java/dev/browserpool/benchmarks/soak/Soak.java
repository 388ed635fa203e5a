package dev.browserpool.benchmarks.soak;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolStatus;
import dev.browserpool.benchmarks.report.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import redis.clients.jedis.exceptions.JedisException;

/** The command behind {@code benchmarks/run soak}. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description =
                "Mixed work with faults, first in memory and then on Redis, and whether anything grows. Ends with 1 if anything does.")
public final class Soak implements Callable<Integer> {
    private static final int SAMPLES = 120;
    private static final long SETTLE_SECONDS = 5;

    @Mixin
    private Rounds rounds = new Rounds();

    @Option(names = "--minutes", paramLabel = "N", description = "How long in all (60; a half in the short form).")
    private double minutes;

    @Option(names = "--seed", paramLabel = "N", description = "Which deeds in which order (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--redis", paramLabel = "FILE", description = "Another redis-server than the one that comes along.")
    private @Nullable Path program;

    /** A ground, as it is wanted. */
    private interface Opening {
        Ground open() throws IOException;
    }

    @Override
    public Integer call() throws Exception {
        double all = minutes > 0 ? minutes : rounds.isShort() ? 0.5 : 60;
        Duration each = Duration.ofMillis(Math.round(all * 30_000));
        List<Verdict> verdicts = new ArrayList<>();
        for (Opening opening :
                List.<Opening>of(MemoryGround::new, () -> new RedisGround(Optional.ofNullable(program)))) {
            try (Ground ground = opening.open()) {
                System.err.println(ground.title() + ", " + each.toSeconds() + " s");
                verdicts.add(soak(ground, each));
            }
        }
        rounds.publish(SoakReport.page(rounds.command(), all, verdicts));
        verdicts.forEach(verdict -> verdict.complaints().forEach(System.err::println));
        return verdicts.stream().allMatch(verdict -> verdict.complaints().isEmpty()) ? 0 : 1;
    }

    private Verdict soak(Ground ground, Duration howLong) {
        Tally tally = new Tally();
        Samples samples = new Samples(ground);
        long pause = Math.max(250, howLong.toMillis() / SAMPLES);
        try (Crowd crowd = new Crowd(ground, tally, seed)) {
            while (samples.seconds() < howLong.toMillis() / 1000.0) {
                rest(pause);
                try {
                    samples.take();
                } catch (JedisException away) {
                    tally.count("samples without the server");
                }
            }
        }
        return Verdict.of(ground.title(), samples, tally, leftBehind(ground));
    }

    /** What members that have closed in order have left: nothing, as soon as those that could not say good-bye are given up. */
    private static List<String> leftBehind(Ground ground) {
        try (BrowserPool looking = ground.open()) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
            List<String> left = left(looking.status());
            while (!left.isEmpty() && System.nanoTime() < end) {
                rest(100);
                left = left(looking.status());
            }
            return left;
        }
    }

    private static List<String> left(PoolStatus status) {
        List<String> left = new ArrayList<>();
        if (status.load().used() > 0) {
            left.add(status.load().used() + " slots are still taken");
        }
        if (status.load().waiting() > 0) {
            left.add(status.load().waiting() + " requests still wait");
        }
        if (status.members().size() > 1) {
            left.add(status.members().size() - 1 + " members are still known");
        }
        if (status.loadTest().isPresent()) {
            left.add("a load test still has the pool");
        }
        return left;
    }

    static void rest(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
