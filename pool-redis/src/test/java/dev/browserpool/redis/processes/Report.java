package dev.browserpool.redis.processes;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came out of the long form, for people and for programs. */
record Report(Chaos.Options options, List<Report.Line> lines) {

    /** One trial. */
    record Line(Scenario scenario, long seed, Instant at, Verdict verdict) {
        String text() {
            return String.format(
                    "%-24s seed %6d  %5d grants, %3d lapsed, %d taken, longest wait %5d ms, idle %4d ms, at most %d at once%s",
                    scenario.title(),
                    seed,
                    verdict.grants(),
                    verdict.lapsed(),
                    verdict.taken(),
                    verdict.longestWait().toMillis(),
                    verdict.longestIdle().toMillis(),
                    verdict.mostAtOnce(),
                    verdict.violations().isEmpty() ? "" : "\n    ✗ " + String.join("\n    ✗ ", verdict.violations()));
        }
    }

    /** A trial that could not be brought to its end has failed too. */
    static Verdict attempt(Scenario scenario, Plan plan) {
        try {
            return scenario.run(plan);
        } catch (Exception | AssertionError e) {
            return new Verdict(
                    0,
                    0,
                    List.of(),
                    Duration.ZERO,
                    Duration.ZERO,
                    0,
                    List.of("the trial failed, see " + plan.directory() + ": " + e));
        }
    }

    boolean isClean() {
        return lines.stream().allMatch(line -> line.verdict().violations().isEmpty());
    }

    String json() {
        JsonSerializer<Duration> millis = (time, type, context) -> new JsonPrimitive(time.toMillis());
        JsonSerializer<Instant> text = (time, type, context) -> new JsonPrimitive(time.toString());
        JsonSerializer<Path> path = (file, type, context) -> new JsonPrimitive(file.toString());
        return new GsonBuilder()
                .setPrettyPrinting()
                .registerTypeAdapter(Duration.class, millis)
                .registerTypeAdapter(Instant.class, text)
                .registerTypeHierarchyAdapter(Path.class, path)
                .create()
                .toJson(this);
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# Real processes under faults\n\n");
        text.append(lines.size())
                .append(" trials of ")
                .append(options.workers())
                .append(" JVMs with ");
        text.append(options.threads()).append(" threads on ").append(1 + options.workers());
        text.append(" slots, seed ").append(options.seed()).append(": ");
        text.append(isClean() ? "nothing is held against the pool.\n\n" : "see below.\n\n");
        text.append(
                "| scenario | trials | grants | lost: lapsed / taken | longest wait | longest idle | most at once | violations |\n");
        text.append("|---|---|---|---|---|---|---|---|\n");
        byScenario().forEach((scenario, trials) -> text.append(row(scenario, trials)));
        text.append(
                "\nLapsed: lost by the clocks of a worker that could not reach the store. Taken: lost though it could. ");
        text.append("Idle: somebody waited although nobody validly held the slot.\n");
        for (Line line : lines) {
            if (!line.verdict().violations().isEmpty()) {
                text.append("\n## ")
                        .append(line.scenario().title())
                        .append(", seed ")
                        .append(line.seed())
                        .append("\n\n");
                line.verdict()
                        .violations()
                        .forEach(
                                violation -> text.append("- ").append(violation).append('\n'));
            }
        }
        return text.toString();
    }

    private Map<Scenario, List<Verdict>> byScenario() {
        Map<Scenario, List<Verdict>> all = new EnumMap<>(Scenario.class);
        lines.forEach(line -> all.computeIfAbsent(line.scenario(), scenario -> new ArrayList<>())
                .add(line.verdict()));
        return all;
    }

    private static String row(Scenario scenario, List<Verdict> trials) {
        return String.format(
                "| %s | %d | %d | %d / %d | %d ms | %d ms | %d | %d |%n",
                scenario.title(),
                trials.size(),
                trials.stream().mapToInt(Verdict::grants).sum(),
                trials.stream().mapToInt(Verdict::lapsed).sum(),
                trials.stream().mapToInt(Verdict::taken).sum(),
                longest(trials, Comparator.comparing(Verdict::longestWait))
                        .longestWait()
                        .toMillis(),
                longest(trials, Comparator.comparing(Verdict::longestIdle))
                        .longestIdle()
                        .toMillis(),
                trials.stream().mapToInt(Verdict::mostAtOnce).max().orElse(0),
                trials.stream().mapToInt(trial -> trial.violations().size()).sum());
    }

    private static Verdict longest(List<Verdict> trials, Comparator<Verdict> by) {
        return trials.stream().max(by).orElseThrow();
    }
}
