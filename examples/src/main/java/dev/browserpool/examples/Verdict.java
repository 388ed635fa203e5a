package dev.browserpool.examples;

import dev.browserpool.examples.scheduler.TaskReport;
import dev.browserpool.examples.scheduler.TaskReport.Outcome;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The checks that the demo makes of its own run. */
final class Verdict {
    private final RunFacts facts;

    Verdict(RunFacts facts) {
        this.facts = facts;
    }

    List<Check> checks() {
        List<Check> checks = new ArrayList<>(List.of(carts(), limit(), oneBrowserPerProfile(), memory(), failures()));
        checks.addAll(new ProfileVerdict(facts).checks());
        checks.addAll(List.of(conflicts(), evidence(), nothingLeft()));
        return checks;
    }

    Check carts() {
        List<TaskReport> wrong = facts.audits().stream()
                .filter(audit -> audit.outcome() != Outcome.DONE)
                .toList();
        String detail = wrong.isEmpty()
                ? facts.audits().size() + " carts, " + facts.itemsAdded() + " items, cookie and localStorage"
                : wrong.stream()
                        .map(audit -> audit.task().accountId().orElse("") + ": " + audit.result())
                        .collect(Collectors.joining("; "));
        return new Check("every cart holds exactly the items of its account", wrong.isEmpty(), detail);
    }

    Check limit() {
        RunFacts.Processes seen = facts.processes();
        return new Check(
                "never more than " + facts.slots() + (facts.slots() == 1 ? " browser" : " browsers"),
                seen.most() <= facts.slots() && seen.most() > 0,
                seen.browsers() + " browsers in all, at most " + seen.most() + " at once in " + seen.samples()
                        + " looks at the processes");
    }

    Check oneBrowserPerProfile() {
        var shared = facts.processes().directoriesInTwoHands();
        return new Check(
                "never two browsers on one profile",
                shared.isEmpty(),
                shared.isEmpty() ? "by their --user-data-dir" : "two at once on " + String.join(", ", shared));
    }

    Check memory() {
        Map<String, Integer> more = facts.signIns().entrySet().stream()
                .filter(account -> account.getValue() > 1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Check(
                "no account signed in twice, its profile remembered it",
                more.isEmpty(),
                more.isEmpty() ? facts.signIns().size() + " accounts" : "sign-ins: " + more);
    }

    Check failures() {
        List<TaskReport> surprises =
                facts.tasks().stream().filter(task -> !task.isAsExpected()).toList();
        long leftOut = facts.tasks().stream()
                .filter(task -> task.outcome() == Outcome.LEFT_OUT)
                .count();
        return new Check(
                "only the tasks that fail on purpose failed",
                surprises.isEmpty(),
                surprises.isEmpty()
                        ? failed().size() + " of " + facts.tasks().size()
                                + (leftOut > 0 ? ", and " + leftOut + " left out on purpose" : "")
                        : "unexpected: " + names(surprises));
    }

    private Check conflicts() {
        ConflictTally tally = facts.conflicts();
        return new Check(
                "every conflict is on the log exactly once",
                tally.agrees(),
                tally.agrees()
                        ? tally.lines() + " lines, " + tally.refusals() + " of them refusals"
                        : "events " + tally.heard() + ", lines " + tally.logged() + ", decisions " + tally.decided());
    }

    private Check evidence() {
        List<TaskReport> without = failed().stream()
                .filter(task -> task.evidence().filter(Files::isDirectory).isEmpty())
                .toList();
        return new Check(
                "every failure left evidence",
                without.isEmpty(),
                without.isEmpty() ? failed().size() + " directories" : "none of " + names(without));
    }

    private Check nothingLeft() {
        List<String> left = facts.processes().stillRunning();
        return new Check(
                "nothing is left running",
                left.isEmpty(),
                left.isEmpty() ? "no browser, no driver" : left.size() + " processes, the first: " + left.get(0));
    }

    private List<TaskReport> failed() {
        return facts.tasks().stream()
                .filter(task -> task.outcome() == Outcome.FAILED)
                .toList();
    }

    private static List<String> names(List<TaskReport> reports) {
        return reports.stream().map(report -> report.task().taskId()).toList();
    }
}
