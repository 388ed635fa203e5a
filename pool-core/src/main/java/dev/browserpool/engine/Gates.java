package dev.browserpool.engine;

import dev.browserpool.AdmissionGate;
import dev.browserpool.AdmissionRefusedException;
import dev.browserpool.HostOverloadedException;
import dev.browserpool.PoolEvent;
import dev.browserpool.RefusalReason;
import dev.browserpool.SlotRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Asks the gates of the configuration, on the thread of whoever wants to pass, without any lock. */
final class Gates {
    private final List<AdmissionGate> gates;
    private final EventBus events;
    private final LongAdder overloaded = new LongAdder();
    private final LongAdder closed = new LongAdder();

    Gates(List<AdmissionGate> gates, EventBus events) {
        this.gates = gates;
        this.events = events;
    }

    /** A newcomer: who does not pass is counted and published as a refusal. A child passes, since it starts no browser. */
    void enter(SlotRequest request) {
        if (gates.isEmpty() || request.parentRequestId().isPresent()) {
            return;
        }
        try {
            pass(request);
        } catch (AdmissionRefusedException refused) {
            boolean isHost = refused instanceof HostOverloadedException;
            (isHost ? overloaded : closed).increment();
            RefusalReason reason = isHost ? RefusalReason.HOST_OVERLOADED : RefusalReason.GATE_CLOSED;
            events.publish(() -> new PoolEvent.Refused(request, reason, String.valueOf(refused.getMessage())));
            throw refused;
        }
    }

    /** Throws if one does not let it pass. */
    void pass(SlotRequest request) {
        for (AdmissionGate gate : gates) {
            Optional<AdmissionGate.Objection> objection;
            String name = "a gate of " + gate.getClass().getName();
            try {
                name = gate.name();
                objection = gate.objection(request);
            } catch (RuntimeException | Error failure) {
                throw new AdmissionRefusedException(request.requestId(), name, failure);
            }
            if (objection.isPresent()) {
                throw objection.get().isHost()
                        ? new HostOverloadedException(request.requestId(), name, objection.get())
                        : new AdmissionRefusedException(request.requestId(), name, objection.get());
            }
        }
    }

    /** What the ledger counted, and what never reached it. */
    Map<RefusalReason, Long> withRefused(Map<RefusalReason, Long> refused) {
        Map<RefusalReason, Long> all = new EnumMap<>(RefusalReason.class);
        all.putAll(refused);
        add(all, RefusalReason.HOST_OVERLOADED, overloaded.sum());
        add(all, RefusalReason.GATE_CLOSED, closed.sum());
        return all;
    }

    private static void add(Map<RefusalReason, Long> to, RefusalReason reason, long count) {
        if (count > 0) {
            to.merge(reason, count, Long::sum);
        }
    }
}
