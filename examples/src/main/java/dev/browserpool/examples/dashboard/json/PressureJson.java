package dev.browserpool.examples.dashboard.json;

import dev.browserpool.PoolStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody who comes now gets a browser at once, for whoever has to decide by itself: an autoscaler, a readiness probe.
 *
 * @param available whether; then there are no reasons
 * @param reasons why not, the gravest first
 * @param slots free ones
 * @param waiting how many are in line
 */
public record PressureJson(
        boolean available,
        List<Reason> reasons,
        int slots,
        int waiting,
        @Nullable Long estimatedWaitMillis) {

    /**
     * Why not.
     *
     * @param kind {@code store}, {@code paused} or {@code full}
     * @param detail a sentence for people
     */
    public record Reason(String kind, String detail) {}

    /** Of a pool whose store answered. */
    public static PressureJson of(PoolStatus status) {
        List<Reason> reasons = new ArrayList<>();
        status.pausedBy().ifPresent(why -> reasons.add(new Reason("paused", "paused: " + why)));
        int free = status.available() - status.load().waitingForSlot();
        if (reasons.isEmpty() && free <= 0) {
            reasons.add(new Reason(
                    "full",
                    status.load().used() + " of " + status.limit().maxBrowsers() + " slots are in use, "
                            + status.load().waiting() + " requests wait"));
        }
        return new PressureJson(
                reasons.isEmpty(),
                reasons,
                Math.max(0, free),
                status.load().waiting(),
                WaitEstimate.forNewcomer(status).map(Duration::toMillis).orElse(null));
    }

    /** Of a pool whose store did not answer. */
    public static PressureJson storeAway(String detail) {
        return new PressureJson(false, List.of(new Reason("store", detail)), 0, 0, null);
    }
}
