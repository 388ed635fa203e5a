package dev.browserpool.examples.people;

import dev.browserpool.ConflictDecision;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolEvent.ProfileConflict;
import dev.browserpool.PoolListener;
import dev.browserpool.ProfileBlock;
import dev.browserpool.ProfileStatus;
import dev.browserpool.examples.scheduler.Decision;
import dev.browserpool.examples.scheduler.SchedulerListener;
import dev.browserpool.examples.scheduler.TaskReport;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands in for a person: as soon as somebody wants a profile that is in quarantine, it looks at the evidence and clears it. A
 * task that would only have to wait for another may do so. On a thread of its own, as a person would be.
 */
public final class ScriptedReviewer implements SchedulerListener, PoolListener, AutoCloseable {
    private static final String NAME = "rita";

    private final Office office;
    private final Map<String, Path> evidence = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "reviewer");
        made.setDaemon(true);
        return made;
    });

    /** A reviewer in this office. */
    public ScriptedReviewer(Office office) {
        this.office = office;
    }

    @Override
    public void decided(Decision decision) {
        if (decision.verdict().action() == ConflictDecision.Action.REVIEW) {
            thread.execute(() -> review(decision));
        }
    }

    @Override
    public void finished(TaskReport report) {
        report.task().profileId().ifPresent(profile -> {
            report.evidence().ifPresent(path -> evidence.put(profile, path));
            thread.execute(() -> clearIfWaitedFor(profile));
        });
    }

    /** Somebody stood in line for the profile when it was put in quarantine, or came after. */
    @Override
    public void on(PoolEvent event) {
        if (event instanceof ProfileConflict conflict
                && conflict.decision() == ProfileConflict.Decision.WAIT
                && conflict.block().map(ProfileBlock::status).equals(Optional.of(ProfileStatus.QUARANTINED))) {
            String profile = conflict.blocked().profile().orElseThrow().profileId();
            thread.execute(() -> clear(profile));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void review(Decision decision) {
        if (!clear(decision.profileId()) && office.desk().retry(decision.task().taskId())) {
            say("lets " + decision.task().taskId() + " wait for " + decision.profileId());
        }
    }

    private void clearIfWaitedFor(String profile) {
        if (office.profiles().view(profile).waiting() > 0) {
            boolean unused = clear(profile);
        }
    }

    /** False if it is not in quarantine. */
    private boolean clear(String profile) {
        Optional<ProfileBlock> quarantine = office.profiles().view(profile).blocks().stream()
                .filter(block -> block.status() == ProfileStatus.QUARANTINED)
                .findFirst();
        if (quarantine.isEmpty()) {
            return false;
        }
        say("looks at the evidence of " + profile);
        Optional.ofNullable(evidence.get(profile))
                .ifPresent(path -> office.screen().accept("        " + ProfileText.shown(path)));
        return office.clear(profile, NAME, "it was us, I have confirmed it by the mail");
    }

    private void say(String what) {
        office.screen().accept("          " + NAME + " " + what);
    }
}
