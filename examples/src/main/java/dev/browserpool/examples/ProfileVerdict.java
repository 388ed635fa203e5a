package dev.browserpool.examples;

import dev.browserpool.ProfileRecord;
import dev.browserpool.ProfileRecord.Kind;
import dev.browserpool.SlotState;
import dev.browserpool.examples.scheduler.Recovery;
import dev.browserpool.examples.tasks.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The checks of what happened to profiles beside ordinary work; none of what did not happen. */
final class ProfileVerdict {
    private final RunFacts.Profiles facts;

    ProfileVerdict(RunFacts facts) {
        this.facts = facts.profiles();
    }

    List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        facts.vanished().forEach(task -> checks.add(recovered(task)));
        facts.quarantined().forEach((profile, history) -> checks.add(cleared(profile, history)));
        return checks;
    }

    private Check recovered(Task vanished) {
        Optional<Recovery> recovery = facts.recoveries().stream()
                .filter(it -> it.from().owner().taskId().equals(Optional.of(vanished.taskId())))
                .findFirst();
        return new Check(
                vanished.profileId().orElse("") + " was recovered from " + VanishingWorker.NAME,
                recovery.map(Recovery::checkpoint)
                        .filter(VanishingWorker.LAST_CHECKPOINT::equals)
                        .isPresent(),
                recovery.map(it -> "by " + it.task().taskId() + ", last checkpoint '" + it.checkpoint() + "'")
                        .orElse("nobody recovered it"));
    }

    /** By the ledger's own record. */
    private static Check cleared(String profile, List<ProfileRecord> newestFirst) {
        Optional<ProfileRecord> cleared = newestFirst.stream()
                .filter(record -> record.kind() == Kind.CLEARED)
                .findFirst();
        Optional<String> after = newestFirst.stream()
                .takeWhile(record -> record.kind() != Kind.CLEARED)
                .flatMap(record -> record.ownership().stream())
                .filter(owned -> cleared.isPresent() && owned.ended() == SlotState.COMPLETED)
                .map(owned -> owned.lock().owner().requestId())
                .reduce((newer, older) -> older);
        return new Check(
                profile + " was cleared, and used again",
                after.isPresent(),
                after.map(task -> "by " + cleared.orElseThrow().who() + "; then " + task + " completed")
                        .orElse(cleared.isPresent() ? "nothing went through afterwards" : "nobody cleared it"));
    }
}
