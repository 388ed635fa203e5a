package dev.browserpool.benchmarks.redis;

import com.github.freva.asciitable.AsciiTable;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was measured, for the console, for programs and for the documentation. */
final class Report {
    private static final String BEGIN = "<!-- written by benchmarks/run redis -->";
    private static final String END = "<!-- end of what benchmarks/run redis has written -->";

    private final Figures figures;
    private final Conditions conditions;
    private final int longLine;
    private final boolean serverAlone;

    /** A table: its head, and its rows. */
    private record Table(List<String> head, List<List<String>> rows) {
        String ascii() {
            String[][] cells =
                    rows.stream().map(row -> row.toArray(String[]::new)).toArray(String[][]::new);
            return AsciiTable.getTable(
                    AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER,
                    head.toArray(String[]::new),
                    new String[0],
                    cells);
        }

        String markdown() {
            return Stream.concat(
                            Stream.of(head, head.stream().map(cell -> "---").toList()), rows.stream())
                    .map(row -> "| " + String.join(" | ", row) + " |")
                    .collect(Collectors.joining("\n"));
        }
    }

    Report(Figures figures, Conditions conditions, int longLine, boolean serverAlone) {
        this.figures = figures;
        this.conditions = conditions;
        this.longLine = longLine;
        this.serverAlone = serverAlone;
    }

    String console() {
        return tables().stream().map(Table::ascii).collect(Collectors.joining("\n\n"));
    }

    /** Writes {@code redis.json} and {@code redis.md} into a directory, and the latter into a file's section if there is one. */
    void write(Path directory, Optional<Path> docs) throws IOException {
        Files.createDirectories(directory);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", conditions.command());
        json.put("machine", conditions.machine());
        json.put("versions", conditions.versions());
        json.put("rounds", figures.all());
        Files.writeString(
                directory.resolve("redis.json"),
                new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n");
        Files.writeString(directory.resolve("redis.md"), markdown());
        if (docs.isPresent()) {
            replaceSection(docs.get());
        }
    }

    private void replaceSection(Path file) throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + " has no section between '" + BEGIN + "' and '" + END + "'");
        }
        Files.writeString(
                file,
                text.substring(0, begin)
                        + markdown()
                        + text.substring(end + END.length()).replaceFirst("^\n", ""));
    }

    private String markdown() {
        return BEGIN + "\n\n`" + conditions.command()
                + "`: medians of the rounds, with the least and the most; ratios are formed round by"
                + " round.\n" + conditions.machine() + "; " + conditions.versions()
                + "; all on the loopback address.\n\n"
                + tables().stream().map(Table::markdown).collect(Collectors.joining("\n\n"))
                + "\n\n" + END + "\n";
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
