package dev.browserpool.examples;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.browserpool.PoolEvent.ProfileConflict;
import dev.browserpool.examples.log.LogLine;
import dev.browserpool.examples.scheduler.TaskReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How often each task met a profile in other hands, as three witnesses saw it. A task that was refused counts under {@code "<task>
 * refuse"}, one that waited under {@code "<task> wait"}.
 *
 * @param heard by the pool's events
 * @param logged by the lines of the log
 * @param decided by the scheduler, which decides once for each refusal
 */
record ConflictTally(Map<String, Long> heard, Map<String, Long> logged, Map<String, Long> decided) {
    private static final String REFUSE = " refuse";

    static ConflictTally of(List<ProfileConflict> events, List<LogLine> log, List<TaskReport> reports) {
        return new ConflictTally(
                count(events.stream()
                        .map(event -> event.blocked().requestId() + " "
                                + event.decision().name().toLowerCase(Locale.ROOT))),
                count(log.stream()
                        .filter(line -> line.event().equals("profile_conflict"))
                        .map(line -> line.value("blocked_task_id") + " " + line.value("decision"))),
                count(reports.stream()
                        .flatMap(report -> report.decisions().stream()
                                .map(decision -> report.task().taskId() + REFUSE))));
    }

    private static Map<String, Long> count(Stream<String> what) {
        return what.collect(groupingBy(key -> key, TreeMap::new, counting()));
    }

    /** Whether each conflict is on the log exactly once. */
    boolean agrees() {
        Map<String, Long> refused = new TreeMap<>(logged);
        refused.keySet().removeIf(key -> !key.endsWith(REFUSE));
        return logged.equals(heard) && refused.equals(decided);
    }

    long lines() {
        return logged.values().stream().mapToLong(Long::longValue).sum();
    }

    long refusals() {
        return decided.values().stream().mapToLong(Long::longValue).sum();
    }
}
