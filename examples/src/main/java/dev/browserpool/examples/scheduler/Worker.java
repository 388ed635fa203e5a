package dev.browserpool.examples.scheduler;

import dev.browserpool.BrowserSlot;
import dev.browserpool.ConflictDecision;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.ProfileQuarantinedException;
import dev.browserpool.SlotRequest;
import dev.browserpool.TaskManifest;
import dev.browserpool.examples.scheduler.TaskReport.Outcome;
import dev.browserpool.examples.tasks.Task;
import dev.browserpool.playwright.BrowserSession;
import java.time.Duration;
import java.util.Optional;

/** Takes one task after the other until all are over, and carries out what is decided about conflicts. */
final class Worker {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final String workerId;
    private final Workplace place;

    Worker(String workerId, Workplace place) {
        this.workerId = workerId;
        this.place = place;
    }

    /** What goes wrong with the scheduler itself, and not with a task, ends the run for all. */
    void workUntilAllIsOver() throws InterruptedException {
        try {
            work();
        } catch (RuntimeException | Error e) {
            place.line().abandon();
            throw e;
        }
    }

    private void work() throws InterruptedException {
        for (Optional<Attempt> next = place.line().take(workerId);
                next.isPresent();
                next = place.line().take(workerId)) {
            Attempt attempt = next.get();
            if (attempt.leftOut().isPresent()) {
                end(
                        attempt,
                        attempt.sinceFirstTry(),
                        Outcome.LEFT_OUT,
                        attempt.leftOut().get());
            } else {
                tryOnce(attempt.tried());
            }
        }
    }

    private void tryOnce(Attempt attempt) throws InterruptedException {
        Task task = attempt.task();
        Duration waitedBefore = attempt.sinceFirstTry();
        try {
            String result = place.browsers().call(request(attempt), session -> perform(task, session));
            end(attempt, waitedBefore, Outcome.DONE, result);
        } catch (ProfileConflictException conflict) {
            decide(attempt, Words.holder(conflict));
        } catch (ProfileQuarantinedException quarantined) {
            decide(attempt, "in quarantine (" + quarantined.quarantine().why() + ")");
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            end(attempt, waitedBefore, Outcome.FAILED, Words.oneLine(e));
        }
    }

    /** While it owns the profile, so that nobody can have it between the failure and the quarantine. */
    private String perform(Task task, BrowserSession session) throws Exception {
        session.lease()
                .recoveredFrom()
                .ifPresent(from -> place.listener().recovered(new Recovery(task, workerId, from)));
        try {
            return place.work().perform(task, session);
        } catch (PersonNeededException e) {
            String why = Words.note(task.taskId() + ": " + e.why());
            task.profileId().ifPresent(profile -> place.pool().profiles().quarantine(profile, workerId, why));
            throw e;
        }
    }

    private void decide(Attempt attempt, String conflict) throws InterruptedException {
        Task task = attempt.task();
        String profileId = task.profileId().orElseThrow();
        ConflictDecision verdict = place.policy()
                .decide(
                        task.manifest(),
                        place.pool().profiles().view(profileId),
                        attempt.reschedules(),
                        place.line().now());
        Decision decision = new Decision(task, workerId, profileId, conflict, verdict);
        Attempt next = attempt.decided(verdict.action());
        // The desk first, so that whoever hears of the decision finds the task there.
        if (verdict.action() == ConflictDecision.Action.REVIEW) {
            place.desk().put(next);
        }
        place.listener().decided(decision);
        switch (verdict.action()) {
            case WAIT -> tryOnce(next.waiting());
            case RESCHEDULE -> place.line().add(next.dueAt(verdict.at().orElseThrow()));
            case SKIP -> end(next, next.sinceFirstTry(), Outcome.LEFT_OUT, profileId + " is " + conflict);
            case REVIEW -> {}
        }
    }

    private SlotRequest request(Attempt attempt) {
        SlotRequest.Builder request =
                attempt.task().routed().request().workerId(workerId).timeout(PATIENCE);
        claim(attempt).ifPresent(request::profile);
        return request.build();
    }

    /** The task's claim, which waits or does not as the attempt says. */
    private static Optional<ProfileClaim> claim(Attempt attempt) {
        TaskManifest task = attempt.task().manifest();
        return task.profileClaim().map(claim -> attempt.waits() ? claim.waitOnConflict() : claim.refuseOnConflict());
    }

    private void end(Attempt attempt, Duration waitedBefore, Outcome outcome, String result) {
        String taskId = attempt.task().taskId();
        Optional<BrowserSlot.Times> times = place.pool().slot(taskId).map(BrowserSlot::times);
        place.listener()
                .finished(new TaskReport(
                        attempt.task(),
                        workerId,
                        attempt.decisions(),
                        waitedBefore.plus(times.map(BrowserSlot.Times::waited).orElse(Duration.ZERO)),
                        times.map(BrowserSlot.Times::ran).orElse(Duration.ZERO),
                        outcome,
                        result,
                        place.evidence().apply(taskId)));
        place.line().ended();
    }
}
