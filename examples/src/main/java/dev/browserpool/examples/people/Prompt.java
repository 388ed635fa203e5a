package dev.browserpool.examples.people;

import dev.browserpool.ConflictDecision;
import dev.browserpool.ProfileStatus;
import dev.browserpool.examples.scheduler.Decision;
import dev.browserpool.examples.scheduler.SchedulerListener;
import java.util.Optional;

/** Tells the person at the console what to type when a task waits for a decision. */
public final class Prompt implements SchedulerListener {
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
            String answer = quarantined ? "clear " + decision.profileId() + " WHO NOTE" : "retry " + task;
            office.screen().accept("          type: " + answer + ", or: skip " + task + " WHY");
        }
    }
}
