package dev.browserpool.memory;

import dev.browserpool.OperationType;
import dev.browserpool.PoolStatus;
import dev.browserpool.RefusalReason;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Pace;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What happened since the start, and what is going on by operation type. */
final class Tally {
    /** Beyond this many types of the user's own they are counted together: names must not become a memory leak. */
    private static final int MAX_TYPES = 64;

    private static final OperationType OTHER = new OperationType("other");

    private final Map<OperationType, TypeLoad> loads = new HashMap<>();
    private final long[] ended = new long[SlotState.values().length];
    private final Map<RefusalReason, Long> refused = new EnumMap<>(RefusalReason.class);
    private long granted;

    /** In milliseconds; negative while nothing was given back yet. */
    private double meanRun = -1;

    Tally() {
        OperationType.standard().forEach(type -> loads.put(type, new TypeLoad()));
    }

    TypeLoad load(OperationType type) {
        TypeLoad load = loads.get(type);
        if (load == null) {
            load = loads.computeIfAbsent(loads.size() < MAX_TYPES ? type : OTHER, t -> new TypeLoad());
        }
        return load;
    }

    void granted() {
        granted++;
    }

    @SuppressWarnings("EnumOrdinal") // an index into an array of this JVM, stored nowhere
    void ended(SlotState state) {
        ended[state.ordinal()]++;
    }

    /** A slot was held for so long. */
    void ran(long nanos) {
        double millis = nanos / 1e6;
        meanRun = meanRun < 0 ? millis : meanRun + (millis - meanRun) / Pace.WEIGHT;
    }

    Optional<Duration> meanRun() {
        return meanRun < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(meanRun)));
    }

    void refused(RefusalReason reason) {
        refused.merge(reason, 1L, Long::sum);
    }

    long grantedSoFar() {
        return granted;
    }

    @SuppressWarnings("EnumOrdinal")
    Map<SlotState, Long> endedSoFar() {
        Map<SlotState, Long> counts = new EnumMap<>(SlotState.class);
        for (SlotState state : SlotState.values()) {
            if (ended[state.ordinal()] > 0) {
                counts.put(state, ended[state.ordinal()]);
            }
        }
        return counts;
    }

    Map<RefusalReason, Long> refusedSoFar() {
        return new EnumMap<>(refused);
    }

    Map<OperationType, PoolStatus.Load> byType() {
        Map<OperationType, PoolStatus.Load> snapshot = new HashMap<>();
        loads.forEach((type, load) -> snapshot.put(type, load.snapshot()));
        return snapshot;
    }

    PoolStatus.Load total() {
        TypeLoad sum = new TypeLoad();
        for (TypeLoad load : loads.values()) {
            sum.running += load.running;
            sum.stopping += load.stopping;
            sum.waiting += load.waiting;
            sum.ready += load.ready;
        }
        return sum.snapshot();
    }
}
