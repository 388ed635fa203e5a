package dev.browserpool.benchmarks.soak;

import dev.browserpool.benchmarks.report.Block;
import dev.browserpool.benchmarks.report.Conditions;
import dev.browserpool.benchmarks.report.Machine;
import dev.browserpool.benchmarks.report.Page;
import dev.browserpool.benchmarks.report.Plot;
import dev.browserpool.benchmarks.report.Point;
import dev.browserpool.benchmarks.report.Table;
import dev.browserpool.benchmarks.report.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page of {@code benchmarks/run soak}. */
final class SoakReport {
    private SoakReport() {}

    static Page page(String command, double minutes, List<Verdict> verdicts) {
        Conditions conditions = Conditions.here(
                command,
                Map.of("Jedis", Machine.versionOf("redis.clients/jedis")),
                String.format(
                        Locale.ROOT,
                        "%.1f minutes in all, half in memory and half on Redis. A trend is the median slope between all pairs of samples"
                                + " after the first third, times the time since; what it may grow by is noise.",
                        minutes));
        List<Block> blocks = new ArrayList<>();
        Map<String, Object> facts = new LinkedHashMap<>();
        for (Verdict verdict : verdicts) {
            blocks.add(Text.heading("Work with faults, " + verdict.title()
                    + (verdict.complaints().isEmpty() ? ": nothing grows" : ": failed")));
            verdict.complaints().forEach(complaint -> blocks.add(new Text("- " + complaint)));
            blocks.add(trends(verdict));
            String name = "soak-" + verdict.title().replace(' ', '-').toLowerCase(Locale.ROOT);
            blocks.add(plot(name, verdict, List.of(Watched.HEAP, Watched.REDIS_MEMORY), "MB"));
            blocks.add(plot(
                    name + "-counts",
                    verdict,
                    List.of(Watched.THREADS, Watched.HANDLES, Watched.PROCESSES, Watched.FILES, Watched.REDIS_KEYS),
                    "how many"));
            blocks.add(deeds(verdict));
            facts.put(verdict.title(), verdict.trends());
        }
        return new Page("soak", "A soak", conditions, blocks, facts);
    }

    private static Table trends(Verdict verdict) {
        List<List<String>> rows = new ArrayList<>();
        verdict.trends()
                .forEach((what, trend) -> rows.add(List.of(
                        what.title,
                        number(trend.median()),
                        number(trend.growth()),
                        number(what.allowed(trend.median())),
                        trend.isFlat(what) ? "yes" : "no")));
        return new Table(List.of("watched", "median", "grew by", "allowed", "flat"), rows);
    }

    private static Plot plot(String name, Verdict verdict, List<Watched> which, String axis) {
        Map<String, List<Point>> lines = new LinkedHashMap<>();
        which.stream()
                .filter(verdict.samples().all()::containsKey)
                .forEach(what -> lines.put(what.title, verdict.samples().all().getOrDefault(what, List.of())));
        return Plot.lines(name, "Work with faults, " + verdict.title(), "seconds", axis, lines);
    }

    private static Table deeds(Verdict verdict) {
        List<List<String>> rows = new ArrayList<>();
        verdict.tally()
                .counts()
                .forEach((what, count) -> rows.add(List.of(what, String.format(Locale.ROOT, "%,d", count.sum()))));
        return new Table(List.of("what happened", "how often"), rows);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%.2f", value);
    }
}
