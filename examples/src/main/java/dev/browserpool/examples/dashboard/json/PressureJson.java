package dev.browserpool.examples.dashboard.json;

import dev.browserpool.AdmissionGate;
import dev.browserpool.LoadTest;
import dev.browserpool.OperationType;
import dev.browserpool.PoolStatus;
import dev.browserpool.SlotRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody who comes now gets a browser at once, for whoever has to decide by itself: an autoscaler, a readiness probe.
 *
 * @param available whether; then there are no reasons
 * @param reasons why not
 * @param slots free ones
 * @param waiting how many are in line
 */
public record PressureJson(
        boolean available,
        List<Reason> reasons,
        int slots,
        int waiting,
        @Nullable Long estimatedWaitMillis) {
    private static final SlotRequest NEWCOMER = SlotRequest.of("pressure", OperationType.EXPLORATION);

    /**
     * Why not.
     *
     * @param kind {@code store}, {@code paused}, {@code load_test}, {@code full}; {@code cpu}, {@code memory} or {@code host}, of the
     *     host that answers; or {@code gate}, of the user's own
     * @param detail a sentence for people
     */
    public record Reason(String kind, String detail) {}

    /** Of a pool whose store answered, and the gates of the member that was asked. */
    public static PressureJson of(PoolStatus status, List<AdmissionGate> gates) {
        List<Reason> reasons = new ArrayList<>();
        status.pausedBy().ifPresent(why -> reasons.add(new Reason("paused", "paused: " + why)));
        status.loadTest().map(LoadTest::describe).ifPresent(test -> reasons.add(new Reason("load_test", test)));
        int free = status.available() - status.load().waitingForSlot();
        if (reasons.isEmpty() && free <= 0) {
            reasons.add(new Reason("full", full(status)));
        }
        gates.forEach(gate -> objection(gate).ifPresent(reasons::add));
        return new PressureJson(
                reasons.isEmpty(),
                reasons,
                Math.max(0, free),
                status.load().waiting(),
                status.estimatedWait().map(Duration::toMillis).orElse(null));
    }

    /** Of a pool whose store did not answer. */
    public static PressureJson storeAway(String detail) {
        return new PressureJson(false, List.of(new Reason("store", detail)), 0, 0, null);
    }

    private static String full(PoolStatus status) {
        return status.load().used() + " of " + status.limit().maxBrowsers() + " slots are in use, "
                + status.load().waiting() + " requests wait";
    }

    private static Optional<Reason> objection(AdmissionGate gate) {
        try {
            return gate.objection(NEWCOMER).map(objection -> new Reason(kind(objection), objection.toString()));
        } catch (RuntimeException e) {
            // As for a request: a gate that fails lets nobody in.
            return Optional.of(new Reason("gate", gate.name() + " failed: " + e));
        }
    }

    private static String kind(AdmissionGate.Objection objection) {
        if (!objection.isHost()) {
            return "gate";
        }
        // By its end: what a disk's gate says names a directory.
        return objection.reading().endsWith(" of its processor time")
                ? "cpu"
                : objection.reading().endsWith(" of its memory") ? "memory" : "host";
    }
}
