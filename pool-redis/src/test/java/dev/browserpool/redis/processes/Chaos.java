package dev.browserpool.redis.processes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The long form: all scenarios, or those that are named, in random order, until the time is over; then the report. Ends with 1 if there
 * is anything to report against the pool.
 */
final class Chaos {
    private final Options options;
    private final Random random;
    private final List<Report.Line> lines = new ArrayList<>();

    /**
     * What is asked for.
     *
     * @param minutes for how long to begin new trials; each scenario has one at the least
     * @param directory where the report goes, and the logs of what failed
     */
    record Options(double minutes, long seed, int workers, int threads, List<Scenario> scenarios, Path directory) {
        static Options parse(String... args) {
            List<Scenario> named = Arrays.stream(args)
                    .skip(5)
                    .map(name -> Scenario.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                    .toList();
            return new Options(
                    Double.parseDouble(args[1]),
                    Long.parseLong(args[2]),
                    Integer.parseInt(args[3]),
                    Integer.parseInt(args[4]),
                    named.isEmpty() ? List.of(Scenario.values()) : named,
                    Path.of(args[0]).toAbsolutePath());
        }
    }

    private Chaos(Options options) {
        this.options = options;
        this.random = new Random(options.seed());
    }

    public static void main(String[] args) throws Exception {
        Chaos chaos = new Chaos(Options.parse(args));
        chaos.run();
        System.exit(chaos.report().isClean() ? 0 : 1);
    }

    private void run() throws Exception {
        long end = System.nanoTime()
                + (long) (options.minutes() * Duration.ofMinutes(1).toNanos());
        do {
            List<Scenario> order = new ArrayList<>(options.scenarios());
            Collections.shuffle(order, random);
            for (Scenario scenario : order) {
                if (lines.size() < options.scenarios().size() || System.nanoTime() < end) {
                    one(scenario, random.nextLong(1_000_000));
                }
            }
        } while (System.nanoTime() < end);
    }

    @SuppressWarnings("SystemOut")
    private void one(Scenario scenario, long seed) throws Exception {
        Path directory = options.directory()
                .resolve(String.format(
                        "%03d-%s", lines.size() + 1, scenario.title().replace(" ", "-")));
        Plan plan = new Plan(
                directory,
                scenario.timing(),
                options.workers(),
                options.threads(),
                1 + options.workers(),
                2 + (int) (seed % 3),
                seed);
        Report.Line line = new Report.Line(scenario, seed, Instant.now(), Report.attempt(scenario, plan));
        lines.add(line);
        System.out.println(line.text());
        if (line.verdict().violations().isEmpty()) {
            Directories.delete(directory);
        }
        report();
    }

    private Report report() throws Exception {
        Report report = new Report(options, List.copyOf(lines));
        Files.createDirectories(options.directory());
        Files.writeString(options.directory().resolve("report.md"), report.markdown());
        Files.writeString(options.directory().resolve("report.json"), report.json());
        return report;
    }
}
