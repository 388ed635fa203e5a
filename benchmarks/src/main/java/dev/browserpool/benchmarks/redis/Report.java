package dev.browserpool.benchmarks.redis;

import dev.browserpool.benchmarks.report.Figures;
import dev.browserpool.benchmarks.report.Section;
import dev.browserpool.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What was measured, for the console, for programs and for the documentation. */
final class Report {
    private final Figures figures;
    private final Conditions conditions;
    private final int longLine;
    private final boolean serverAlone;

    Report(Figures figures, Conditions conditions, int longLine, boolean serverAlone) {
        this.figures = figures;
        this.conditions = conditions;
        this.longLine = longLine;
        this.serverAlone = serverAlone;
    }

    String console() {
        return section().console();
    }

    /** Writes {@code redis.json} and {@code redis.md} into a directory, and the latter into a file's section if there is one. */
    void write(Path directory, Optional<Path> docs) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("machine", conditions.machine());
        facts.put("versions", conditions.versions());
        facts.put("rounds", figures.all());
        section().write(directory, facts, docs);
    }

    private Section section() {
        String about = "`" + conditions.command()
                + "`: medians of the rounds, with the least and the most; ratios are formed round by"
                + " round.\n" + conditions.machine() + "; " + conditions.versions() + "; all on the loopback address.";
        return new Section("redis", conditions.command(), about, tables());
    }

    private List<Table> tables() {
        return serverAlone ? List.of(inTheServer()) : List.of(beside(), inTheServer(), steps(), targets());
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

    private Table targets() {
        List<List<String>> rows = Target.of(figures).stream()
                .map(target -> List.of(
                        target.what(), target.bound(), target.ratio().toString(), target.isReached() ? "yes" : "no"))
                .toList();
        return new Table(List.of("to reach", "bound", "measured", "reached"), rows);
    }

    private String text(String figure) {
        return figures.spread(figure).toString();
    }
}
