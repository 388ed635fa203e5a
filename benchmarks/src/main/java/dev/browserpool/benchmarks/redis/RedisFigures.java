package dev.browserpool.benchmarks.redis;

import dev.browserpool.benchmarks.report.Figures;
import dev.browserpool.benchmarks.report.Machine;
import dev.browserpool.benchmarks.report.Page;
import dev.browserpool.benchmarks.report.Rounds;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;

/** The command behind {@code benchmarks/run redis}: all contenders in turn, in each round. */
@Command(
        name = "redis",
        mixinStandardHelpOptions = true,
        description = "Measures the pool in Redis beside other limits, on a server of its own on the loopback address.")
public final class RedisFigures implements Callable<Integer> {
    @Mixin
    private Rounds rounds = new Rounds();

    @Option(names = "--samples", paramLabel = "N", description = "Hand-overs in a round (300; 20 in the short form).")
    private int samples;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long pairs are counted in a round (3; less than 1 in the short form).")
    private int seconds;

    @Option(
            names = "--long-line",
            paramLabel = "N",
            description = "How many wait in the long line (10,000; 1,000 in the short form).")
    private int longLine;

    @Option(
            names = "--server",
            description = "Measures only what the server itself spends on a bare lease, in a few seconds a round.")
    private boolean serverAlone;

    private Duration pairs = Duration.ZERO;
    private Figures figures = new Figures();

    @Override
    public Integer call() throws Exception {
        samples = rounds.orElse(samples, 20, 300);
        pairs = seconds == 0 && rounds.isShort()
                ? Duration.ofMillis(400)
                : Duration.ofSeconds(rounds.orElse(seconds, 1, 3));
        seconds = rounds.orElse(seconds, 1, 3);
        longLine = rounds.orElse(longLine, 1_000, 10_000);
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
            Report report = new Report(rounds.measure(5, round -> measure(round, url, other, stats)), longLine);
            rounds.publish(page(report, versions(client)));
        } finally {
            server.stop();
        }
        return 0;
    }

    private Page page(Report report, Map<String, String> versions) {
        return serverAlone ? report.serverPage(rounds.command(), versions) : report.page(rounds.command(), versions);
    }

    private static Map<String, String> versions(RedisClient client) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Redis", ServerStats.version(client));
        versions.put("Redisson", Machine.versionOf("org.redisson/redisson"));
        versions.put("Jedis", Machine.versionOf("redis.clients/jedis"));
        return versions;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** One after the other for each figure, so that whatever disturbs the machine disturbs all of them. */
    private void measure(Figures round, String url, OtherJvm other, ServerStats stats) throws Exception {
        figures = round;
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
                        IdleTraffic.of(
                                limit,
                                100,
                                rounds.isShort() ? Duration.ofSeconds(1) : Duration.ofSeconds(seconds + 2L),
                                stats));
            }
        }
        steps(10, url, stats);
        steps(longLine, url, stats);
    }

    private void inTheServer(String url, ServerStats stats) throws Exception {
        say("in the server");
        try (ServerTime time = new ServerTime(url, stats, rounds.isShort() ? 5 : 25)) {
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
            figures.add(Names.FLOOR_PAIRS, Throughput.of(pings, 1, pairs));
        }
    }

    private void throughput(Contender contender, String url) throws InterruptedException {
        say("pairs: " + contender.title());
        try (SharedLimit limit = contender.open(url, id(), 1)) {
            figures.add(Names.of(Names.ALONE, contender), Throughput.of(limit, 1, pairs));
            figures.add(Names.of(Names.CONTENDED, contender), Throughput.of(limit, 8, pairs));
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

    /** A hundred waiters take their turns between two samples, which takes a fair lock a second, and several those who poll. */
    private int samplesOf(Contender contender, int waiters) {
        return switch (contender) {
            case POLLING -> waiters == 2 ? Math.max(5, samples / 10) : Math.max(1, samples / 30);
            case FAIR_LOCK -> waiters == 2 ? samples : Math.max(5, samples / 30);
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
