package dev.browserpool;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One reading of the host, smoothed, with two limits: over the high one it says no until it is below the low one, so that it does not
 * flutter. What was read long ago counts for less: each reading has the weight {@code 1 - exp(-age of the last one / smoothing)}.
 * Safe for many threads.
 */
final class SmoothedReading {
    private final String what;
    private final double high;
    private final double low;
    private final double smoothingNanos;
    private final AtomicReference<@Nullable State> state = new AtomicReference<>();

    private record State(double value, boolean isOver, long at) {}

    SmoothedReading(String what, double high, double low, long smoothingNanos) {
        this.what = what;
        this.high = high;
        this.low = low;
        this.smoothingNanos = smoothingNanos;
    }

    void read(double value, long now) {
        State unused = state.updateAndGet(last -> next(last, value, now));
    }

    private State next(@Nullable State last, double value, long now) {
        double weight = last == null ? 1 : 1 - Math.exp(-Math.max(0, now - last.at) / smoothingNanos);
        double smoothed = last == null ? value : last.value + weight * (value - last.value);
        return new State(smoothed, smoothed > (last != null && last.isOver ? low : high), now);
    }

    /** It can't be read any more: nothing is known. */
    void forget() {
        state.set(null);
    }

    Optional<AdmissionGate.Objection> objection() {
        State now = state.get();
        return now == null || !now.isOver
                ? Optional.empty()
                : Optional.of(new AdmissionGate.Objection(
                        "this host uses " + percent(now.value) + " of its " + what,
                        "at most " + percent(high) + ", and after that was exceeded at most " + percent(low),
                        "try again later, run fewer browsers on this host (maxBrowsers), or raise the gate's limit",
                        true));
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }
}
