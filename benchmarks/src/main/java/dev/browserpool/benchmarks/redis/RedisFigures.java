package dev.browserpool.benchmarks.redis;

import dev.browserpool.benchmarks.report.Figures;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;

/** The command behind {@code benchmarks/run redis}: all contenders in turn, in each round. */
@Command(
        name = "benchmarks/run redis",
        mixinStandardHelpOptions = true,
        description = "Measures the pool in Redis beside other limits, on a server of its own on the loopback address.")
public final class RedisFigures implements Callable<Integer> {
    @Option(
            names = "--rounds",
            description = "How often everything is measured, after a round that warms up (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--samples", description = "Hand-overs in a round (default: ${DEFAULT-VALUE}).")
    private int samples = 300;

    @Option(names = "--seconds", description = "How long pairs are counted in a round (default: ${DEFAULT-VALUE}).")
    private int seconds = 3;

    @Option(names = "--long-line", description = "How many wait in the long line (default: ${DEFAULT-VALUE}).")
    private int longLine = 10_000;

    @Option(
            names = "--server",
            description = "Measures only what the server itself spends on a bare lease, in a few seconds a round.")
    private boolean serverAlone;

    @Option(
            names = "--docs",
            paramLabel = "FILE",
            description = "Replaces the section of this file that an earlier run wrote.")
    private @Nullable Path docs;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "Where redis.json and redis.md go (default: ${DEFAULT-VALUE}).")
    private Path results = Path.of("benchmarks", "results");

    private final Figures figures = new Figures();

    private RedisFigures() {}

    /** Runs it; exits with 0 if all was measured, whether the targets are reached or not. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new RedisFigures()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        int port = freePort();
        RedisServer server = RedisServer.builder()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        String url = "redis://127.0.0.1:" + port;
        try (RedisClient client = RedisClient.create(url);
                OtherJvm other = OtherJvm.start()) {
            ServerStats stats = new ServerStats(client);
            for (int round = 0; round <= rounds; round++) {
                System.err.println(round == 0 ? "warming up" : "round " + round + " of " + rounds);
                measure(url, other, stats);
                if (round == 0) {
                    figures.forget();
                }
            }
            String options = serverAlone
                    ? "--server --rounds " + rounds
                    : "--rounds " + rounds + " --samples " + samples + " --seconds " + seconds;
            Report report = new Report(figures, Conditions.of(client, options), longLine, serverAlone);
            System.out.println(report.console());
            report.write(results, Optional.ofNullable(docs));
        } finally {
            server.stop();
        }
        return 0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** One after the other for each figure, so that whatever disturbs the machine disturbs all of them. */
    private void measure(String url, OtherJvm other, ServerStats stats) throws Exception {
        inTheServer(url, stats);
        if (serverAlone) {
            return;
        }
        for (Contender contender : Contender.values()) {
            throughput(contender, url);
        }
        pings(url);
        HandOver handOver = new HandOver(url, other, stats);
        for (int waiters : List.of(2, 100)) {
            for (Contender contender : Contender.values()) {
                handOver(contender, waiters, handOver);
            }
        }
        add(handOver.floor(id(), samples), Names.FLOOR_P50, Names.FLOOR_P99);
        for (Contender contender : Contender.values()) {
            say("idle: " + contender.title());
            try (SharedLimit limit = contender.open(url, id(), 1)) {
                figures.add(
                        Names.of(Names.IDLE, contender),
                        IdleTraffic.of(limit, 100, Duration.ofSeconds(seconds + 2L), stats));
            }
        }
        steps(10, url, stats);
        steps(longLine, url, stats);
    }

    private void inTheServer(String url, ServerStats stats) throws Exception {
        say("in the server");
        try (ServerTime time = new ServerTime(url, stats)) {
            time.perScript(id()).forEach((form, micros) -> figures.add(Names.server(form), micros));
        }
    }

    private void pings(String url) throws InterruptedException {
        say("pairs: two pings");
        try (RedisClient redis = RedisClient.create(url)) {
            SharedLimit pings = new SharedLimit() {
                @Override
                public Permit acquire() {
                    redis.ping();
                    return redis::ping;
                }

                @Override
                public void close() {}
            };
            figures.add(Names.FLOOR_PAIRS, Throughput.of(pings, 1, Duration.ofSeconds(seconds)));
        }
    }

    private void throughput(Contender contender, String url) throws InterruptedException {
        say("pairs: " + contender.title());
        try (SharedLimit limit = contender.open(url, id(), 1)) {
            figures.add(Names.of(Names.ALONE, contender), Throughput.of(limit, 1, Duration.ofSeconds(seconds)));
            figures.add(Names.of(Names.CONTENDED, contender), Throughput.of(limit, 8, Duration.ofSeconds(seconds)));
        }
    }

    private void handOver(Contender contender, int waiters, HandOver handOver)
            throws IOException, InterruptedException {
        say("hand-over, " + waiters + " waiters: " + contender.title());
        Histogram times = handOver.of(contender, id(), waiters, samplesOf(contender, waiters));
        add(
                times,
                Names.of(waiters == 2 ? Names.P50_2 : Names.P50_100, contender),
                Names.of(waiters == 2 ? Names.P99_2 : Names.P99_100, contender));
    }

    /** Half a second each is long enough for those that poll; a hundred waiters take their turns between two samples. */
    private int samplesOf(Contender contender, int waiters) {
        return switch (contender) {
            case POLLING -> Math.max(5, samples / 30);
            case FAIR_LOCK -> waiters == 2 ? samples : Math.max(5, samples / 10);
            default -> samples;
        };
    }

    private void add(Histogram times, String p50, String p99) {
        figures.add(p50, times.getValueAtPercentile(50) / 1000.0);
        figures.add(p99, times.getValueAtPercentile(99) / 1000.0);
    }

    private void steps(int waiters, String url, ServerStats stats) throws InterruptedException {
        say("steps, " + waiters + " in line");
        StepCosts.Costs costs = StepCosts.with(waiters, 300, url, id(), stats);
        figures.add(Names.step("submit", waiters), costs.submit());
        figures.add(Names.step("withdraw", waiters), costs.withdraw());
        figures.add(Names.step("release and grant to the next", waiters), costs.release());
        figures.add(Names.step("status, first page", waiters), costs.status());
        figures.add(Names.step("status, first page, as the caller sees it", waiters), costs.statusSeen());
    }

    private static void say(String what) {
        System.err.println("  " + what);
    }

    private static String id() {
        return "bench-" + UUID.randomUUID();
    }
}
