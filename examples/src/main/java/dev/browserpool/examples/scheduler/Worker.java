package dev.browserpool.examples.scheduler;

import dev.browserpool.BrowserSlot;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.SlotRequest;
import dev.browserpool.examples.tasks.Task;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Takes one task after the other from the line until it is empty, and decides what to do about busy profiles. */
final class Worker {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final String workerId;
    private final Workplace place;

    Worker(String workerId, Workplace place) {
        this.workerId = workerId;
        this.place = place;
    }

    /** Whoever puts a task back takes one again, so none is forgotten when the others go home. */
    void workUntilNothingIsLeft() throws InterruptedException {
        for (Attempt next = place.line().poll();
                next != null;
                next = place.line().poll()) {
            tryAtOnce(next.tried());
        }
    }

    private void tryAtOnce(Attempt attempt) throws InterruptedException {
        try {
            perform(attempt, profile -> ProfileClaim.exclusive(profile).refuseOnConflict());
        } catch (ProfileConflictException conflict) {
            Decision.Kind kind = attempt.wasRefused() ? Decision.Kind.WAITED : Decision.Kind.RESCHEDULED;
            place.listener().decided(Decision.of(attempt.task(), kind, conflict));
            switch (kind) {
                case RESCHEDULED -> place.line().add(attempt.decided(kind));
                case WAITED -> perform(attempt.decided(kind), ProfileClaim::exclusive);
            }
        }
    }

    private void perform(Attempt attempt, Function<String, ProfileClaim> claim) throws InterruptedException {
        Task task = attempt.task();
        SlotRequest request = request(task, claim);
        Duration waitedBefore = attempt.sinceFirstTry();
        try {
            String result =
                    place.browsers().call(request, session -> place.work().perform(task, session));
            report(attempt, waitedBefore, request, true, result);
        } catch (ProfileConflictException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            report(attempt, waitedBefore, request, false, oneLine(e));
        }
    }

    private SlotRequest request(Task task, Function<String, ProfileClaim> claim) {
        SlotRequest.Builder request = SlotRequest.builder(task.taskId(), task.type())
                .description(task.action().name().toLowerCase(Locale.ROOT) + " " + String.join(" ", task.items()))
                .taskId(task.taskId())
                .workerId(workerId)
                .timeout(PATIENCE)
                .maxDuration(task.maxDuration());
        task.accountId().ifPresent(request::accountId);
        task.profileId().map(claim).ifPresent(request::profile);
        return request.build();
    }

    private void report(Attempt attempt, Duration waitedBefore, SlotRequest request, boolean succeeded, String result) {
        Optional<BrowserSlot.Times> times =
                place.pool().slot(request.requestId()).map(BrowserSlot::times);
        place.listener()
                .finished(new TaskReport(
                        attempt.task(),
                        workerId,
                        attempt.decisions(),
                        waitedBefore.plus(times.map(BrowserSlot.Times::waited).orElse(Duration.ZERO)),
                        times.map(BrowserSlot.Times::ran).orElse(Duration.ZERO),
                        succeeded,
                        result,
                        place.evidence().apply(request.requestId())));
    }

    /** The first line that says something: Playwright's messages begin with "Error {". */
    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.equals("Error {"))
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }
}
