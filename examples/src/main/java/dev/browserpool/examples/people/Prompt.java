package dev.browserpool.examples.people;

import dev.browserpool.ConflictDecision;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolListener;
import dev.browserpool.ProfileRecord;
import dev.browserpool.ProfileStatus;
import dev.browserpool.examples.scheduler.Decision;
import dev.browserpool.examples.scheduler.SchedulerListener;
import java.util.Optional;

/** Tells the person at the console what to type when something waits for a decision. */
public final class Prompt implements SchedulerListener, PoolListener {
    private final Office office;

    /** For the person in this office. */
    public Prompt(Office office) {
        this.office = office;
    }

    @Override
    public void decided(Decision decision) {
        if (decision.verdict().action() == ConflictDecision.Action.REVIEW) {
            String task = decision.task().taskId();
            boolean quarantined = office.profiles()
                    .view(decision.profileId())
                    .status()
                    .equals(Optional.of(ProfileStatus.QUARANTINED));
            String answer = quarantined ? clear(decision.profileId()) : "retry " + task;
            type(answer + ", or: skip " + task + " WHY");
        }
    }

    @Override
    public void on(PoolEvent event) {
        if (event instanceof PoolEvent.ProfileChanged changed
                && changed.record().kind() == ProfileRecord.Kind.QUARANTINED) {
            type(clear(changed.record().profileId()));
        }
    }

    private static String clear(String profileId) {
        return "clear " + profileId + " WHO NOTE";
    }

    private void type(String what) {
        office.screen().accept("          type: " + what);
    }
}
