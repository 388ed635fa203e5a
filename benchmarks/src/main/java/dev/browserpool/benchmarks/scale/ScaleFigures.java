package dev.browserpool.benchmarks.scale;

import dev.browserpool.benchmarks.report.Figures;
import dev.browserpool.benchmarks.report.Rounds;
import dev.browserpool.benchmarks.scale.Simulation.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import redis.clients.jedis.Jedis;

/** The command behind {@code benchmarks/run scale}: many members of one pool, over real connections, on paper and simulated. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description =
                "Measures what many members of one pool cost its server, and works out and simulates where that ends.")
public final class ScaleFigures implements Callable<Integer> {
    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Duration SETTLING = Duration.ofSeconds(3);

    @Mixin
    private Rounds rounds = new Rounds();

    @Option(names = "--members", paramLabel = "N", description = "Members of the traffic (50; 10 in the short form).")
    private int members;

    @Option(names = "--waiters", paramLabel = "N", description = "How many are in line (10,000; 1,000).")
    private int waiters;

    @Option(names = "--slots", paramLabel = "N", description = "How many slots there are (500; 100).")
    private int slots;

    @Option(names = "--seconds", paramLabel = "N", description = "How long traffic is measured in a round (10; 1).")
    private int seconds;

    @Option(names = "--redis", paramLabel = "FILE", description = "Another redis-server than the one that comes along.")
    private @Nullable Path program;

    @Override
    public Integer call() throws Exception {
        Traffic.Size size = new Traffic.Size(
                rounds.orElse(members, 10, 50), rounds.orElse(waiters, 1_000, 10_000), rounds.orElse(slots, 100, 500));
        Duration window = Duration.ofSeconds(rounds.orElse(seconds, 1, 10));
        List<Integer> sizes = rounds.isShort() ? List.of(50, 1_000) : List.of(50, 1_000, 10_000);
        List<StepPrices.Prices> prices = new ArrayList<>();
        try (RedisProcess server = RedisProcess.start(Optional.ofNullable(program));
                Jedis redis = server.connect()) {
            Figures figures = rounds.measure(2, round -> {
                for (int rate : Names.RATES) {
                    say("traffic, " + rate + " grants a second");
                    traffic(round, size, rate, window, server, redis);
                }
                prices.clear();
                for (int many : sizes) {
                    say("steps, " + many + " members");
                    StepPrices.Prices those = StepPrices.with(many, size.waiters(), redis, server.url());
                    those.of().forEach((step, price) -> Names.add(round, step, many, price));
                    prices.add(those);
                }
            });
            List<Simulation.Second> simulated = new ArrayList<>();
            for (Plan plan : plans()) {
                say("simulation: " + plan);
                simulated.add(Simulation.of(plan, redis, server.url()));
            }
            String version = redis.info("server").replaceFirst("(?s).*redis_version:(\\S+).*", "$1");
            rounds.publish(new ScaleReport(size, figures, prices, simulated).page(rounds.command(), version));
        }
        return 0;
    }

    private List<Plan> plans() {
        if (rounds.isShort()) {
            return List.of(
                    new Plan(50, 500, 100, Duration.ofSeconds(1), AN_HOUR, Duration.ofSeconds(2)),
                    new Plan(100, 0, 100, Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(2)));
        }
        return List.of(
                new Plan(50, 10_000, 500, Duration.ofMillis(500), AN_HOUR, Duration.ofSeconds(5)),
                new Plan(1_000, 0, 500, Duration.ofSeconds(50), AN_HOUR, Duration.ofSeconds(30)),
                new Plan(1_000, 10_000, 500, Duration.ofSeconds(50), AN_HOUR, Duration.ofSeconds(10)),
                new Plan(1_000, 0, 500, Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(10)),
                new Plan(10_000, 0, 500, Duration.ofSeconds(50), AN_HOUR, Duration.ofSeconds(10)));
    }

    private void traffic(
            Figures round, Traffic.Size size, int rate, Duration window, RedisProcess server, Jedis redis) {
        HandOvers handOvers = new HandOvers();
        Duration hold = Duration.ofNanos(size.slots() * 1_000_000_000L / rate);
        try (Traffic traffic = new Traffic(server.url(), size, hold, handOvers)) {
            traffic.begin();
            Measured.rest(rounds.isShort() ? Duration.ofSeconds(1) : SETTLING);
            Measured measured = Measured.during(window, handOvers, redis);
            round.add(Names.grants(rate), measured.grantsPerSecond());
            round.add(Names.steps(rate), measured.stepsPerSecond());
            round.add(Names.share(rate), 100 * measured.share());
            round.add(Names.cpu(rate), measured.cpuPerGrant());
            round.add(Names.commands(rate), (double) measured.server().commands() / measured.grants());
            round.add(
                    Names.bytes(rate),
                    (double) (measured.server().bytesIn() + measured.server().bytesOut()) / measured.grants());
            Histogram whole = measured.times().whole();
            round.add(Names.p50(rate), whole.getValueAtPercentile(50) / 1e6);
            round.add(Names.p99(rate), whole.getValueAtPercentile(99) / 1e6);
            round.add(Names.told(rate), measured.times().told().getValueAtPercentile(99) / 1e6);
        }
    }

    private static void say(String what) {
        System.err.println("  " + what);
    }
}
