package dev.browserpool.examples.distributed;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileRecord;
import dev.browserpool.SlotState;
import dev.browserpool.examples.tasks.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * What became of the slot and the profile of a worker that was killed, as the store tells it.
 *
 * @param killing who was killed, and when
 * @param givenUpAt when its lease was first seen to be taken back: its JVM had been silent for too long
 * @param lost its request, as it ended
 * @param last its ownership of the profile, with how far it got
 * @param next the first request that was granted a slot after that; empty if nobody wanted one
 * @param heir the request that recovered the profile; empty if nobody wanted it
 */
public record Handover(
        Killing killing,
        Instant givenUpAt,
        BrowserSlot lost,
        ProfileLock last,
        Optional<BrowserSlot> next,
        Optional<BrowserSlot> heir) {
    /** How far a worker gets with a task that is not meant to end. */
    public static final String LAST_CHECKPOINT = "packed the cart";

    private static final int HISTORY = 500;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final Duration SLACK = Duration.ofSeconds(15);

    /** When slot and profile were free again. */
    public Instant passedAt() {
        return lost.ending().orElseThrow().endedAt();
    }

    /** How long after the kill that was. */
    public Duration took() {
        return Duration.between(killing.at(), passedAt());
    }

    /** Returns when the store knows how far the owner of a task's profile has got: that is on its way while the work goes on. */
    static void awaitLastCheckpoint(BrowserPool pool, Task task) {
        String profile = task.profileId().orElseThrow();
        await(
                SLACK,
                task + " has no checkpoint",
                () -> pool.profiles().current(profile).stream()
                        .anyMatch(lock -> lock.progress().checkpoint().equals(Optional.of(LAST_CHECKPOINT))));
    }

    /** Returns when the killed worker's lease is first seen to be taken back. */
    static Instant awaitGivingUp(BrowserPool pool, Killing killing) {
        awaitSlot(pool, killing, SharedPool.MEMBER_TTL, slot -> slot.state() != SlotState.RUNNING);
        return Instant.now();
    }

    /** Returns when its slot is free. */
    static void awaitPassing(BrowserPool pool, Killing killing) {
        awaitSlot(pool, killing, SharedPool.STOP_GRACE, slot -> slot.ending().isPresent());
    }

    private static void awaitSlot(BrowserPool pool, Killing killing, Duration due, Predicate<BrowserSlot> until) {
        String request = killing.task().taskId();
        await(
                due.plus(SLACK),
                killing.workerId() + " was killed, and its lease is still as it was",
                () -> pool.slot(request).filter(until).isPresent());
    }

    private static void await(Duration atMost, String complaint, BooleanSupplier until) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!until.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(complaint);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Reads what the store remembers, when all is over. */
    static Handover read(BrowserPool pool, Killing killing, Instant givenUpAt, Optional<Task> heir) {
        List<BrowserSlot> all = pool.recent(HISTORY);
        BrowserSlot lost = named(all, killing.task().taskId()).orElseThrow();
        Instant free = lost.ending().orElseThrow().endedAt();
        return new Handover(
                killing,
                givenUpAt,
                lost,
                lastOwnership(pool, killing),
                all.stream()
                        .filter(slot -> slot.grant()
                                .filter(grant -> !grant.grantedAt().isBefore(free))
                                .isPresent())
                        .min(Comparator.comparing(
                                slot -> slot.grant().orElseThrow().token())),
                heir.flatMap(task -> named(all, task.taskId())));
    }

    private static Optional<BrowserSlot> named(List<BrowserSlot> slots, String requestId) {
        return slots.stream().filter(slot -> slot.requestId().equals(requestId)).findFirst();
    }

    private static ProfileLock lastOwnership(BrowserPool pool, Killing killing) {
        String profile = killing.task().profileId().orElseThrow();
        return pool.profiles().history(profile, HISTORY).stream()
                .map(ProfileRecord::ownership)
                .flatMap(Optional::stream)
                .map(ProfileRecord.Ownership::lock)
                .filter(lock -> lock.owner().requestId().equals(killing.task().taskId()))
                .findFirst()
                .orElseThrow();
    }
}
