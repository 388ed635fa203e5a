package dev.browserpool.redis.processes;

import dev.browserpool.redis.processes.Tenure.End;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Nobody waits for long although there is room: a slot that nobody validly holds, and the same for the profile. The time counts anew when
 * somebody is served who asked before, and after a disturbance.
 */
final class WaitCheck {
    private final List<Tenure> tenures;
    private final int maxBrowsers;
    private final List<Disturbance> disturbances;

    WaitCheck(List<Tenure> tenures, int maxBrowsers, List<Disturbance> disturbances) {
        this.tenures = tenures;
        this.maxBrowsers = maxBrowsers;
        this.disturbances = disturbances;
    }

    /** A request that waited, and for how long there was room. */
    record Idle(Tenure waiter, long nanos) {}

    /** Whoever waited longest beside a free slot; null if nobody waited. */
    Idle longest() {
        Idle longest = null;
        for (Tenure waiter : tenures) {
            long nanos = beside(waiter);
            if (longest == null || nanos > longest.nanos()) {
                longest = new Idle(waiter, nanos);
            }
        }
        return longest;
    }

    /** Those that still waited at the end. */
    List<Tenure> forEver() {
        return tenures.stream()
                .filter(tenure -> tenure.end() == End.OPEN && !tenure.wasGranted())
                .toList();
    }

    private long beside(Tenure waiter) {
        List<Tenure> around = tenures.stream()
                .filter(other -> !other.equals(waiter)
                        && other.wasGranted()
                        && other.granted() < waiter.waitedUntil()
                        && other.heldUntil() > waiter.asked())
                .toList();
        NavigableSet<Long> moments = new TreeSet<>(List.of(waiter.asked(), waiter.waitedUntil()));
        around.forEach(other -> moments.addAll(List.of(other.granted(), other.heldUntil())));
        relevant(waiter).forEach(disturbance -> moments.addAll(List.of(disturbance.from(), disturbance.to())));
        long longest = 0;
        long since = waiter.asked();
        for (long at : moments.subSet(waiter.asked(), true, waiter.waitedUntil(), true)) {
            longest = Math.max(longest, at - since);
            if (!hasRoom(waiter, at, around) || isDisturbed(waiter, at)) {
                since = nextMoment(moments, at);
            } else if (wasServed(waiter, at, around)) {
                since = at;
            }
        }
        return longest;
    }

    private static long nextMoment(NavigableSet<Long> moments, long at) {
        Long next = moments.higher(at);
        return next == null ? at : next;
    }

    private boolean hasRoom(Tenure waiter, long at, List<Tenure> around) {
        List<Tenure> holders = Intervals.at(at, around, Tenure::heldUntil);
        return holders.size() < maxBrowsers
                && (waiter.profile().isEmpty()
                        || holders.stream().noneMatch(holder -> holder.claims(waiter.profile())));
    }

    private List<Disturbance> relevant(Tenure waiter) {
        List<Disturbance> relevant = new ArrayList<>();
        for (Disturbance disturbance : disturbances) {
            if (disturbance.concerns(waiter.worker())) {
                relevant.add(disturbance);
            }
        }
        return relevant;
    }

    private boolean isDisturbed(Tenure waiter, long at) {
        return relevant(waiter).stream().anyMatch(disturbance -> disturbance.from() <= at && at < disturbance.to());
    }

    private static boolean wasServed(Tenure waiter, long at, List<Tenure> around) {
        return around.stream().anyMatch(other -> other.granted() == at && other.asked() < waiter.asked());
    }
}
