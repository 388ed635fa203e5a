package dev.browserpool.metrics;

import dev.browserpool.BrowserSlot;
import dev.browserpool.LeaseLoss;
import dev.browserpool.OperationType;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolEvent.ProfileConflict.Decision;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.SlotRequest;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** What happens to this member's own requests, as it happens. On one thread. */
final class EventMeters {
    /** As many of the user's own types as a pool tells apart. */
    private static final int MOST_TYPES = OperationType.standard().size() + 55;

    private final Meters meters;
    private final Set<OperationType> types = new HashSet<>(OperationType.standard());

    EventMeters(Meters meters) {
        this.meters = meters;
        showZeros();
    }

    /** What first appears with a one has no rate: it was never seen to grow. */
    private void showZeros() {
        for (LeaseLoss.Reason reason : LeaseLoss.Reason.values()) {
            losses(reason);
        }
        for (Decision decision : Decision.values()) {
            for (Detector detector : Detector.values()) {
                conflicts(decision, detector);
            }
        }
        leaks();
    }

    void on(PoolEvent event) {
        if (event instanceof PoolEvent.Granted granted) {
            waited(granted.request(), granted.waited(), "granted");
        } else if (event instanceof PoolEvent.Ended ended) {
            ended(ended.slot());
        } else if (event instanceof PoolEvent.ProfileConflict conflict) {
            conflicts(conflict.decision(), conflict.detectedBy()).increment();
        } else if (event instanceof PoolEvent.Stopping stopping) {
            losses(stopping.loss().reason()).increment();
        } else if (event instanceof PoolEvent.Leaked) {
            leaks().increment();
        }
    }

    private Counter conflicts(Decision decision, Detector by) {
        return meters.counter(
                "browser.pool.conflicts",
                "requests that met a profile in other hands",
                "decision",
                Meters.tag(decision),
                "detector",
                Meters.tag(by));
    }

    private Counter losses(LeaseLoss.Reason reason) {
        return meters.counter(
                "browser.pool.losses", "leases that were taken back from their holders", "reason", Meters.tag(reason));
    }

    private Counter leaks() {
        return meters.counter("browser.pool.leaks", "leases that were forgotten");
    }

    private void ended(BrowserSlot slot) {
        String outcome = Meters.tag(slot.state());
        if (slot.grant().isEmpty()) {
            waited(slot.request(), slot.times().waited(), outcome);
        } else {
            meters.timer("browser.pool.run", "how long leases were held", "type", type(slot.type()), "outcome", outcome)
                    .record(slot.times().ran());
        }
    }

    private void waited(SlotRequest request, Duration howLong, String outcome) {
        meters.timer(
                        "browser.pool.wait",
                        "how long requests waited, until they were granted or left",
                        "type",
                        type(request.type()),
                        "outcome",
                        outcome)
                .record(howLong);
    }

    private String type(OperationType type) {
        return types.contains(type) || (types.size() < MOST_TYPES && types.add(type)) ? type.name() : "other";
    }
}
