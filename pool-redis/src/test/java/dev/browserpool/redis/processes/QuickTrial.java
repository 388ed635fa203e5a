package dev.browserpool.redis.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** The short form of a scenario: it must have been a real one, and nothing may be held against the pool. */
final class QuickTrial {
    private QuickTrial() {}

    static Verdict of(Scenario scenario) throws Exception {
        Path directory = Directories.create(scenario.title().replace(' ', '-'));
        Plan plan = new Plan(directory, scenario.timing(), 3, 4, 4, 1, 1);
        Verdict verdict = scenario.run(plan);
        assertThat(verdict.violations()).as("see " + directory).isEmpty();
        verdict.losses().forEach(lost -> System.err.println(scenario + ": lost: " + lost));
        assertThat(verdict.mostAtOnce()).as("all slots were in use").isEqualTo(plan.maxBrowsers());
        Directories.delete(directory);
        return verdict;
    }
}
