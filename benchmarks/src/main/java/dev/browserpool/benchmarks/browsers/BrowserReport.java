package dev.browserpool.benchmarks.browsers;

import dev.browserpool.benchmarks.report.Conditions;
import dev.browserpool.benchmarks.report.Figures;
import dev.browserpool.benchmarks.report.Machine;
import dev.browserpool.benchmarks.report.Page;
import dev.browserpool.benchmarks.report.Plot;
import dev.browserpool.benchmarks.report.Spread;
import dev.browserpool.benchmarks.report.Table;
import dev.browserpool.benchmarks.report.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was measured, and what should have been.
 *
 * @param figures one value of each for each round
 * @param jobs of each pool in a round
 * @param slots how many at a time
 * @param browser the browser's program
 * @param peers pools for Node, if they were measured
 */
record BrowserReport(Figures figures, int jobs, int slots, Path browser, List<String> peers) {

    static String open(Way way) {
        return "to a usable page, ms: " + way.title();
    }

    static String session(Way way) {
        return "memory of one session, MB: " + way.title();
    }

    static String jobs(Way way) {
        return jobs(way.title());
    }

    static String jobs(String title) {
        return "jobs a second: " + title;
    }

    static String usable(Way way) {
        return usable(way.title());
    }

    static String usable(String title) {
        return "to a usable page under load, ms: " + title;
    }

    static String memory(Way way) {
        return memory(way.title());
    }

    static String memory(String title) {
        return "peak memory, MB: " + title;
    }

    static String left(Way way) {
        return left(way.title());
    }

    static String left(String title) {
        return "processes left: " + title;
    }

    /** As a page. */
    Page page(String command) {
        return new Page(
                "browsers",
                "Browser sessions, beside other ways to isolated pages",
                Conditions.here(
                        command,
                        versions(),
                        "Medians of the rounds, with the least and the most; ratios are formed round by round."
                                + " All load one page from the loopback address."),
                List.of(openings(), Phases.table(figures), plot(), pools(), Target.table(targets())),
                Map.of("rounds", figures.all()));
    }

    private Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Playwright", Machine.versionOf("com.microsoft.playwright/playwright"));
        versions.put("browser", String.valueOf(browser.getFileName()));
        return versions;
    }

    private Plot plot() {
        Map<String, Spread> bars = new LinkedHashMap<>();
        poolTitles().forEach(title -> bars.put(title, figures.spread(jobs(title))));
        return Plot.bars("browsers-jobs", jobs + " jobs, " + slots + " at a time", "jobs a second", bars);
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

    private List<String> poolTitles() {
        return Stream.concat(BrowserFigures.POOLS.stream().map(Way::title), peers.stream())
                .toList();
    }

    private Table pools() {
        List<List<String>> rows = poolTitles().stream()
                .map(title ->
                        List.of(title, text(jobs(title)), text(usable(title)), text(memory(title)), text(left(title))))
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

    private List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        targets.add(Target.atLeast("cold over a warm session", ratio(open(Way.COLD), open(Way.OURS_WARM)), 5));
        targets.add(Target.atMost(
                "warm session over newContext + newPage", ratio(open(Way.OURS_WARM), open(Way.BY_HAND)), 1.2));
        targets.add(Target.atMost(
                "the same with a context made ahead", ratio(open(Way.OURS_PREPARED), open(Way.BY_HAND)), 1));
        Stream.concat(Stream.of(Way.COMMONS.title(), Way.COLD.title()), peers.stream())
                .forEach(peer -> targets.add(Target.atLeast(
                        "jobs a second, sharing a browser, over " + peer,
                        ratio(jobs(Way.OURS_SHARED), jobs(peer)),
                        1)));
        return targets;
    }

    private Spread ratio(String over, String under) {
        return figures.ratio(over, under);
    }

    private String text(String figure) {
        return figures.spread(figure).toString();
    }
}
