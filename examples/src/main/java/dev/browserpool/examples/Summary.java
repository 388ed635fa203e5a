package dev.browserpool.examples;

import dev.browserpool.ConflictDecision.Action;
import dev.browserpool.examples.people.ProfileText;
import dev.browserpool.examples.scheduler.TaskReport;
import java.nio.file.Path;
import java.util.List;

/** What a run shows at its end. */
final class Summary {
    private final Screen screen;
    private final Symbols plain;
    private final Settings.Paths paths;

    /** With these symbols for what must not be coloured. */
    Summary(Screen screen, Symbols plain, Settings.Paths paths) {
        this.screen = screen;
        this.plain = plain;
        this.paths = paths;
    }

    /** Shows it all; returns whether every check holds. */
    boolean show(RunFacts facts) {
        screen.line("");
        screen.line(new ResultTable(plain).of(facts.tasks()));
        conflicts(facts);
        profiles(facts.profiles());
        evidence(facts.tasks());
        screen.line("");
        screen.line(
                "Log: " + paths.log() + ", " + facts.conflicts().lines() + " lines of it with event=profile_conflict");
        return screen.show(new Verdict(facts).checks());
    }

    private void conflicts(RunFacts facts) {
        screen.line("");
        screen.line("Conflicts: " + count(facts, Action.RESCHEDULE) + " rescheduled, " + count(facts, Action.WAIT)
                + " waited, " + count(facts, Action.REVIEW) + " put before a person, " + count(facts, Action.SKIP)
                + " left out");
    }

    private void profiles(RunFacts.Profiles profiles) {
        profiles.recoveries().forEach(recovery -> {
            screen.line("Recovered " + recovery.from().profileId() + " from " + recovery.vanished() + ", by "
                    + recovery.task().taskId() + " on " + recovery.workerId());
            screen.line("  last checkpoint: " + recovery.checkpoint());
        });
        profiles.quarantined().forEach((profile, history) -> {
            screen.line("History of " + profile);
            ProfileText.of(history).forEach(line -> screen.line("  " + Screen.cut(line, Screen.WIDTH - 2)));
        });
    }

    private void evidence(List<TaskReport> tasks) {
        screen.line("Evidence under " + paths.evidence());
        for (TaskReport task : tasks) {
            task.evidence().ifPresent(path -> screen.line("  " + relative(path)));
        }
    }

    private Path relative(Path path) {
        return paths.evidence().toAbsolutePath().relativize(path.toAbsolutePath());
    }

    private static long count(RunFacts facts, Action action) {
        return facts.tasks().stream()
                .flatMap(task -> task.decisions().stream())
                .filter(action::equals)
                .count();
    }
}
