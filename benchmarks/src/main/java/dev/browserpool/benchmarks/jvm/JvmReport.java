package dev.browserpool.benchmarks.jvm;

import dev.browserpool.benchmarks.report.Block;
import dev.browserpool.benchmarks.report.Conditions;
import dev.browserpool.benchmarks.report.Figures;
import dev.browserpool.benchmarks.report.Machine;
import dev.browserpool.benchmarks.report.Page;
import dev.browserpool.benchmarks.report.Plot;
import dev.browserpool.benchmarks.report.Point;
import dev.browserpool.benchmarks.report.Spread;
import dev.browserpool.benchmarks.report.Table;
import dev.browserpool.benchmarks.report.Target;
import dev.browserpool.benchmarks.report.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was measured, as a page.
 *
 * @param figures one value of each for each round
 * @param lines how many waited
 * @param virtual the feature release of the JDK of the virtual threads, if one was found
 * @param withoutEnd who came to no end on virtual threads
 */
record JvmReport(Figures figures, List<Integer> lines, Optional<Integer> virtual, Set<Contender> withoutEnd) {
    private static final String HOW =
            "Medians of the rounds, with the least and the most; all contenders take turns in each round, and ratios are formed"
                    + " round by round: a contender's figure over the Browser Pool's, so that more than 1 means slower or larger.";

    Page page(String command) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Text.heading("Acquire and release on five slots"));
        blocks.add(
                new Text(
                        "One pair as each thread sees it, in nanoseconds (JMH, a JVM of its own for each figure); between acquire"
                                + " and release nothing is done, so with more threads than slots it is the line that is measured."));
        blocks.add(table("ns a pair", pairs()));
        blocks.add(new Text(virtualThreads()));
        blocks.add(
                Plot.bars("jvm-alone", "One thread: times as long as the Browser Pool", "ratio", ratios(Names.ALONE)));
        blocks.add(Plot.bars(
                "jvm-contended",
                "64 threads on five slots: times as long as the Browser Pool",
                "ratio",
                ratios(Names.threads(64))));
        blocks.add(Text.heading("Hand-over"));
        blocks.add(
                new Text(
                        "From the release of the only slot until the next of three waiting threads runs with it, in microseconds."));
        blocks.add(table("µs", handOvers()));
        blocks.add(Plot.bars(
                "jvm-hand-over",
                "Hand-over, p99: times as long as the Browser Pool",
                "ratio",
                ratios(Names.handOver(99))));
        blocks.add(Text.heading("Memory"));
        blocks.add(
                new Text(
                        "A blocked thread in line, in bytes of heap above one that is only parked; negative if the parked one has more."));
        blocks.add(memory());
        blocks.add(Text.heading("Long lines"));
        blocks.add(
                new Text(
                        "One step of the Browser Pool as its caller sees it, in nanoseconds, and what a waiting future takes on the heap, in bytes."));
        blocks.add(longLines());
        blocks.add(Plot.growth("jvm-lines", "A step beside the length of the line", "in line", "ns", growth()));
        blocks.add(Text.heading("To reach"));
        blocks.add(Target.table(targets()));
        return new Page(
                "jvm",
                "In one JVM, beside other pools and limits",
                Conditions.here(command, versions(), HOW),
                blocks,
                Map.of("rounds", figures.all()));
    }

    private Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("JMH", Machine.versionOf("org.openjdk.jmh/jmh-core"));
        versions.put("commons-pool2", Machine.versionOf("org.apache.commons/commons-pool2"));
        versions.put("Stormpot", Machine.versionOf("com.github.chrisvest/stormpot"));
        versions.put("Resilience4j", Machine.versionOf("io.github.resilience4j/resilience4j-bulkhead"));
        return versions;
    }

    private List<String> pairs() {
        List<String> pairs = new ArrayList<>(List.of(Names.ALONE));
        Names.CONTENDED.stream()
                .map(Names::threads)
                .filter(figure -> isKnown(figure, Contender.BROWSER_POOL))
                .forEach(pairs::add);
        virtual.ifPresent(jdk -> pairs.add(VirtualThreads.figure()));
        return pairs;
    }

    private String virtualThreads() {
        if (virtual.isEmpty()) {
            return "Virtual threads were not measured: no JDK for them was looked for, or none was found.";
        }
        String how = "The virtual threads are those of JDK " + virtual.get()
                + ", each with as many pairs as the others, and not under JMH.";
        return withoutEnd.isEmpty()
                ? how
                : how + " In a minute they came to no end with "
                        + withoutEnd.stream().map(Contender::title).collect(Collectors.joining(", ")) + ".";
    }

    private static List<String> handOvers() {
        return Names.PERCENTILES.stream().map(Names::handOver).toList();
    }

    /** The figures, and the ratios beside them. */
    private Table table(String unit, List<String> columns) {
        List<String> head = new ArrayList<>(List.of(unit));
        columns.forEach(column -> head.addAll(List.of(column, "ratio")));
        List<List<String>> rows = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            if (columns.stream().noneMatch(column -> isKnown(column, contender))) {
                continue;
            }
            List<String> row = new ArrayList<>(List.of(contender.title()));
            for (String column : columns) {
                boolean known = isKnown(column, contender);
                row.add(known ? figures.spread(Names.of(column, contender)).toString() : "");
                row.add(known ? ratio(column, contender).toString() : "");
            }
            rows.add(row);
        }
        return new Table(head, rows);
    }

    private Table memory() {
        List<List<String>> rows = Stream.of(Contender.values())
                .map(contender -> List.of(
                        contender.title(),
                        figures.spread(Names.of(Names.BYTES, contender)).toString(),
                        isKnown(Names.WAITER, contender)
                                ? figures.spread(Names.of(Names.WAITER, contender))
                                        .toString()
                                : ""))
                .toList();
        return new Table(List.of("bytes", "allocated by a pair, 1 thread", "held by a blocked waiter"), rows);
    }

    private Table longLines() {
        List<String> head = new ArrayList<>(List.of("step"));
        lines.forEach(line -> head.add(line + " in line"));
        List<List<String>> rows = Stream.concat(Names.STEPS.stream(), Stream.of(Names.ASYNC_WAITER))
                .map(step -> Stream.concat(
                                Stream.of(step),
                                lines.stream()
                                        .map(line -> figures.spread(Names.step(step, line))
                                                .toString()))
                        .toList())
                .toList();
        return new Table(head, rows);
    }

    private Map<String, List<Point>> growth() {
        Map<String, List<Point>> growth = new LinkedHashMap<>();
        for (String step : Names.STEPS) {
            growth.put(
                    step,
                    lines.stream()
                            .map(line -> new Point(
                                    line, figures.spread(Names.step(step, line)).median()))
                            .toList());
        }
        return growth;
    }

    private Map<String, Spread> ratios(String figure) {
        Map<String, Spread> ratios = new LinkedHashMap<>();
        Contender.BESIDE.forEach(contender -> ratios.put(contender.title(), ratio(figure, contender)));
        return ratios;
    }

    private List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        targets.add(Target.atLeast(
                "alone: commons-pool2 over the Browser Pool", ratio(Names.ALONE, Contender.COMMONS_POOL2), 1.5));
        targets.add(Target.atMost(
                "alone, all stacks and events: µs a pair",
                figures.spread(Names.of(Names.ALONE, Contender.BROWSER_POOL_WITH_ALL))
                        .dividedBy(1_000),
                10));
        for (double percentile : List.of(50.0, 99.0)) {
            String figure = Names.handOver(percentile);
            for (Contender peer : List.of(Contender.COMMONS_POOL2, Contender.RESILIENCE4J)) {
                targets.add(Target.atLeast(
                        figure + ": " + peer.title() + " over the Browser Pool", ratio(figure, peer), 1));
            }
            targets.add(Target.atLeast(
                    figure + ": the bare fair semaphore over the Browser Pool",
                    ratio(figure, Contender.SEMAPHORE),
                    0.8));
        }
        int last = lines.get(lines.size() - 1);
        for (String step : Names.STEPS) {
            targets.add(Target.atMost(
                    step + " with " + last + " in line over 10",
                    figures.ratio(Names.step(step, last), Names.step(step, 10)),
                    Math.log(last) / Math.log(10)));
        }
        return targets;
    }

    private boolean isKnown(String figure, Contender contender) {
        return Names.isKnown(figures, Names.of(figure, contender));
    }

    private Spread ratio(String figure, Contender contender) {
        return figures.ratio(Names.of(figure, contender), Names.of(figure, Contender.BROWSER_POOL));
    }
}
