package dev.browserpool.benchmarks.redis;

import dev.browserpool.benchmarks.report.Block;
import dev.browserpool.benchmarks.report.Conditions;
import dev.browserpool.benchmarks.report.Figures;
import dev.browserpool.benchmarks.report.Page;
import dev.browserpool.benchmarks.report.Plot;
import dev.browserpool.benchmarks.report.Spread;
import dev.browserpool.benchmarks.report.Table;
import dev.browserpool.benchmarks.report.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was measured, as a page.
 *
 * @param figures one value of each for each round
 * @param longLine how many waited in the long line
 */
record Report(Figures figures, int longLine) {
    private static final String HOW = "Medians of the rounds, with the least and the most; ratios are formed round by"
            + " round. All on the loopback address.";

    /** Of everything. */
    Page page(String command, Map<String, String> versions) {
        return page(
                "redis",
                command,
                versions,
                List.of(beside(), plot(), inTheServer(), steps(), Target.table(Targets.of(figures))));
    }

    /** Of the server's part alone, which has a page of its own. */
    Page serverPage(String command, Map<String, String> versions) {
        return page("redis-server", command, versions, List.of(inTheServer()));
    }

    private Page page(String name, String command, Map<String, String> versions, List<Block> blocks) {
        return new Page(
                name,
                "Through Redis, beside other limits",
                Conditions.here(command, versions, HOW),
                blocks,
                Map.of("rounds", figures.all()));
    }

    private Plot plot() {
        Map<String, Spread> bars = new LinkedHashMap<>();
        for (Contender contender : Contender.values()) {
            bars.put(contender.title(), figures.spread(Names.of(Names.P50_2, contender)));
        }
        bars.put("floor", figures.spread(Names.FLOOR_P50));
        return Plot.bars("redis-hand-over", "From the release to the next waiter in another JVM, p50", "µs", bars);
    }

    private Table beside() {
        List<String> head = Stream.concat(
                        Stream.of("figure"), Arrays.stream(Contender.values()).map(Contender::title))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        for (String figure : List.of(
                Names.ALONE, Names.CONTENDED, Names.P50_2, Names.P99_2, Names.P50_100, Names.P99_100, Names.IDLE)) {
            rows.add(Stream.concat(
                            Stream.of(figure), Arrays.stream(Contender.values()).map(it -> text(Names.of(figure, it))))
                    .toList());
        }
        for (String figure : List.of(Names.FLOOR_P50, Names.FLOOR_P99)) {
            rows.add(List.of("hand-over: " + figure, text(figure), "", "", ""));
        }
        rows.add(List.of(Names.FLOOR_PAIRS, text(Names.FLOOR_PAIRS), "", "", ""));
        return new Table(head, rows);
    }

    private Table inTheServer() {
        List<List<String>> rows = Arrays.stream(ServerTime.Form.values())
                .map(form -> List.of(
                        form.title,
                        text(Names.server(form)),
                        figures.ratio(Names.server(form), Names.server(ServerTime.Form.FUNCTIONS))
                                .toString()))
                .toList();
        return new Table(List.of("bare acquire and release, a script of it", "µs in the server", "ratio"), rows);
    }

    private Table steps() {
        List<List<String>> rows = Stream.of(
                        "submit",
                        "withdraw",
                        "release and grant to the next",
                        "status, first page",
                        "status, first page, as the caller sees it")
                .map(step -> List.of(step, text(Names.step(step, 10)), text(Names.step(step, longLine))))
                .toList();
        return new Table(List.of("step, µs in the server", "10 in line", longLine + " in line"), rows);
    }

    private String text(String figure) {
        return figures.spread(figure).toString();
    }
}
