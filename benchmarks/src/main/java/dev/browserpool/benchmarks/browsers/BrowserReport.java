package dev.browserpool.benchmarks.browsers;

import dev.browserpool.benchmarks.report.Figures;
import dev.browserpool.benchmarks.report.Machine;
import dev.browserpool.benchmarks.report.Section;
import dev.browserpool.benchmarks.report.Spread;
import dev.browserpool.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * What was measured, and what should have been.
 *
 * @param figures one value of each for each round
 * @param rounds how many
 * @param samples openings of each way in a round
 * @param jobs of each pool in a round
 * @param slots how many at a time
 * @param browser the browser's program
 */
record BrowserReport(Figures figures, int rounds, int samples, int jobs, int slots, Path browser) {

    static String open(Way way) {
        return "to a usable page, ms: " + way.title();
    }

    static String session(Way way) {
        return "memory of one session, MB: " + way.title();
    }

    static String jobs(Way way) {
        return "jobs a second: " + way.title();
    }

    static String usable(Way way) {
        return "to a usable page under load, ms: " + way.title();
    }

    static String memory(Way way) {
        return "peak memory, MB: " + way.title();
    }

    static String left(Way way) {
        return "processes left: " + way.title();
    }

    String console() {
        return section().console();
    }

    /** Writes {@code browsers.json} and {@code browsers.md}, and the latter into a file's section if there is one. */
    void write(Path directory, Optional<Path> docs) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("machine", Machine.describe());
        facts.put("versions", versions());
        facts.put("rounds", figures.all());
        section().write(directory, facts, docs);
    }

    private Section section() {
        String command = "benchmarks/run browsers --rounds " + rounds + " --samples " + samples + " --jobs " + jobs
                + " --slots " + slots;
        String about = "`" + command
                + "`: medians of the rounds, with the least and the most; ratios are formed round by round.\n"
                + Machine.describe() + "; " + versions() + "; all load one page from the loopback address.";
        return new Section("browsers", command, about, List.of(openings(), pools(), targets()));
    }

    private String versions() {
        return "OpenJDK " + Runtime.version() + ", Playwright "
                + Machine.versionOf("com.microsoft.playwright/playwright") + ", " + browser.getFileName();
    }

    private Table openings() {
        List<List<String>> rows = Arrays.stream(Way.values())
                .filter(way -> way != Way.COMMONS && way != Way.SHARED)
                .map(way -> List.of(
                        way.title(),
                        text(open(way)),
                        ratio(open(way), open(Way.BY_HAND)).toString(),
                        figures.all().containsKey(session(way)) ? text(session(way)) : ""))
                .toList();
        return new Table(
                List.of("alone, from the call", "to a usable page, ms", "over newContext + newPage", "memory, MB"),
                rows);
    }

    private Table pools() {
        List<List<String>> rows = BrowserFigures.POOLS.stream()
                .map(way ->
                        List.of(way.title(), text(jobs(way)), text(usable(way)), text(memory(way)), text(left(way))))
                .toList();
        return new Table(
                List.of(
                        jobs + " jobs, " + slots + " at a time",
                        "jobs a second",
                        "to a usable page, ms",
                        "peak memory, MB",
                        "processes left"),
                rows);
    }

    private Table targets() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(target(
                "cold over a warm session", ratio(open(Way.COLD), open(Way.OURS_WARM)), "at least 5", r -> r >= 5));
        rows.add(target(
                "warm session over newContext + newPage",
                ratio(open(Way.OURS_WARM), open(Way.BY_HAND)),
                "at most 1.2",
                r -> r <= 1.2));
        rows.add(target(
                "the same with a context made ahead",
                ratio(open(Way.OURS_PREPARED), open(Way.BY_HAND)),
                "less than 1",
                r -> r < 1));
        for (Way peer : List.of(Way.COMMONS, Way.COLD)) {
            rows.add(target(
                    "jobs a second over " + peer.title(),
                    ratio(jobs(Way.OURS_PREPARED), jobs(peer)),
                    "more than 1",
                    r -> r > 1));
        }
        return new Table(List.of("to reach", "bound", "measured", "reached"), rows);
    }

    private static List<String> target(String what, Spread ratio, String bound, DoublePredicate reached) {
        return List.of(what, bound, ratio.toString(), reached.test(ratio.median()) ? "yes" : "no");
    }

    private Spread ratio(String over, String under) {
        return figures.ratio(over, under);
    }

    private String text(String figure) {
        return figures.spread(figure).toString();
    }
}
