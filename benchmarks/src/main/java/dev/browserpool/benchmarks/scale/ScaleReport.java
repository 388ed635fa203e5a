package dev.browserpool.benchmarks.scale;

import dev.browserpool.benchmarks.report.Block;
import dev.browserpool.benchmarks.report.Conditions;
import dev.browserpool.benchmarks.report.Figures;
import dev.browserpool.benchmarks.report.Machine;
import dev.browserpool.benchmarks.report.Page;
import dev.browserpool.benchmarks.report.Table;
import dev.browserpool.benchmarks.report.Text;
import dev.browserpool.benchmarks.scale.StepPrices.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** The page of {@code benchmarks/run scale}. */
final class ScaleReport {
    private final Traffic.Size size;
    private final Figures figures;
    private final List<StepPrices.Prices> prices;
    private final List<Simulation.Second> simulated;

    ScaleReport(Traffic.Size size, Figures figures, List<StepPrices.Prices> prices, List<Simulation.Second> simulated) {
        this.size = size;
        this.figures = figures;
        this.prices = prices;
        this.simulated = simulated;
    }

    Page page(String command, String redis) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Redis", redis);
        versions.put("Jedis", Machine.versionOf("redis.clients/jedis"));
        Conditions conditions = Conditions.here(
                command,
                versions,
                "Medians of the rounds, with the least and the most. Server and members share the machine, on the loopback address;"
                        + " the server's processor is the one of its main thread, by its own count.");
        List<Block> blocks = new ArrayList<>();
        blocks.add(Text.heading(String.format(
                Locale.ROOT,
                "Measured: %,d members, %,d waiters, %,d slots",
                size.members(),
                size.waiters(),
                size.slots())));
        blocks.add(traffic());
        blocks.add(Text.heading("Measured: what a step costs the server, by the number of members"));
        blocks.add(steps());
        blocks.add(Text.heading("On paper"));
        blocks.add(paper());
        blocks.add(Text.heading("Simulated"));
        blocks.add(simulation());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("rounds", figures.all());
        facts.put("prices", prices);
        return new Page("scale", "Many members", conditions, blocks, facts);
    }

    private Table traffic() {
        List<String> head = new ArrayList<>(List.of("grants a second asked for"));
        Names.RATES.forEach(rate -> head.add(Integer.toString(rate)));
        List<IntFunction<String>> rows = List.of(
                Names::grants,
                Names::steps,
                Names::share,
                Names::cpu,
                Names::commands,
                Names::bytes,
                Names::p50,
                Names::p99,
                Names::told);
        return new Table(
                head,
                rows.stream()
                        .map(row -> Stream.concat(
                                        Stream.of(row.apply(0).substring(3)),
                                        Names.RATES.stream().map(rate -> text(row.apply(rate))))
                                .toList())
                        .toList());
    }

    private String text(String figure) {
        return figures.spread(figure).toString();
    }

    private Table steps() {
        List<String> head = new ArrayList<>(List.of("step", "commands"));
        prices.forEach(those -> head.add(
                String.format(Locale.ROOT, "%,d members: µs of it, with the way in and out", those.members())));
        List<List<String>> rows = new ArrayList<>();
        for (Step step : Step.values()) {
            List<String> row = new ArrayList<>(List.of(step.title));
            row.add(number(figures.spread(Names.commands(step, prices.get(0).members()))
                    .median()));
            for (StepPrices.Prices those : prices) {
                row.add(text(Names.micros(step, those.members())) + ", "
                        + number(
                                figures.spread(Names.cpu(step, those.members())).median()));
            }
            rows.add(row);
        }
        StepPrices.Prices last = prices.get(prices.size() - 1);
        rows.add(memory("memory of a member, bytes", last.bytesPerMember()));
        rows.add(memory("memory of a waiter, bytes", last.bytesPerWaiter()));
        return new Table(head, rows);
    }

    private List<String> memory(String what, double bytes) {
        List<String> row = new ArrayList<>(List.of(what, ""));
        for (int i = 1; i < prices.size(); i++) {
            row.add("");
        }
        row.add(number(bytes));
        return row;
    }

    private Table paper() {
        Model model = new Model(prices.get(prices.size() - 1));
        List<List<String>> rows = Model.loads().stream()
                .map(load -> List.of(
                        load.what(),
                        number(load.grants()),
                        number(load.signsOfLife()),
                        number(load.calls()),
                        String.format(Locale.ROOT, "%.2f", model.share(load)),
                        number(model.grantsBesides(load))))
                .toList();
        return new Table(
                List.of(
                        "load",
                        "grants a second",
                        "signs of life a second",
                        "calls a second",
                        "processors of the server",
                        "grants a second that fit beside them"),
                rows);
    }

    private Table simulation() {
        List<String> head = new ArrayList<>(List.of("members", "in line", "held for, at most", "grants a second"));
        Arrays.stream(Simulation.Why.values()).forEach(why -> head.add(why.title));
        head.addAll(List.of("calls a second", "commands a call", "processors of the server"));
        List<List<String>> rows = new ArrayList<>();
        for (Simulation.Second second : simulated) {
            Simulation.Plan plan = second.plan();
            List<String> row = new ArrayList<>(List.of(
                    number(plan.members()),
                    number(plan.waiters()),
                    seconds(plan.hold()) + ", " + seconds(plan.maxDuration()),
                    number(second.grants())));
            second.beats().values().forEach(beats -> row.add(number(beats)));
            row.add(number(second.steps()));
            row.add(number(second.commandsPerStep()));
            row.add(String.format(Locale.ROOT, "%.2f", second.share()));
            rows.add(row);
        }
        return new Table(head, rows);
    }

    private static String seconds(Duration time) {
        return number(time.toMillis() / 1000.0) + " s";
    }

    private static String number(double value) {
        return value >= 20 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
