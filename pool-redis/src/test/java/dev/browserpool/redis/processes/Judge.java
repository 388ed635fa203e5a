package dev.browserpool.redis.processes;

import dev.browserpool.redis.processes.Tenure.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Reads the logs of all workers and says what they prove against the pool.
 *
 * @param storeForgets whether the store lost something on the way: then the slot of somebody
 *     who is silent may pass on early, and whoever asks meanwhile may overtake somebody who has not come back yet
 */
record Judge(int maxBrowsers, Timing timing, boolean storeForgets) {
    private static final int MOST_LINES = 20;

    Verdict judge(List<WorkerLog> logs, List<Disturbance> disturbances) {
        List<Tenure> tenures = logs.stream()
                .flatMap(log -> log.tenures(timing.keptAfterValidity()).stream())
                .toList();
        List<String> violations = new ArrayList<>();
        violations.addAll(held("valid", tenures, Tenure::validUntil));
        if (!storeForgets) {
            violations.addAll(held("kept", tenures, Tenure::keptUntil));
            violations.addAll(FairCheck.violations(tenures));
        }
        violations.addAll(TokenCheck.violations(tenures));
        WaitCheck waits = new WaitCheck(tenures, maxBrowsers, disturbances);
        WaitCheck.Idle idle = waits.longest();
        if (idle != null && idle.nanos() > timing.bound().toNanos()) {
            violations.add(idle.waiter() + " waited for "
                    + Duration.ofNanos(idle.nanos()).toMillis() + " ms although there was room; the bound is "
                    + timing.bound().toMillis() + " ms");
        }
        waits.forEver().forEach(waiter -> violations.add("still waits at the end: " + waiter));
        of(tenures, End.FAILED).forEach(failed -> violations.add("was refused: " + failed + ": " + failed.note()));
        return new Verdict(
                (int) tenures.stream().filter(Tenure::wasGranted).count(),
                of(tenures, End.LAPSED).size(),
                of(tenures, End.TAKEN).stream().map(Judge::loss).toList(),
                longestWait(tenures),
                Duration.ofNanos(idle == null ? 0 : idle.nanos()),
                Intervals.most(tenures, Tenure::validUntil).count(),
                shortened(violations));
    }

    private static String loss(Tenure lost) {
        Duration valid = Duration.ofNanos(lost.validUntil() - lost.granted());
        return lost + " of " + lost.worker() + " after " + valid + ": "
                + (lost.note().isEmpty() ? "it was found invalid" : lost.note());
    }

    private static List<String> shortened(List<String> violations) {
        if (violations.size() <= MOST_LINES) {
            return violations;
        }
        List<String> first = new ArrayList<>(violations.subList(0, MOST_LINES));
        first.add("and " + (violations.size() - MOST_LINES) + " more");
        return first;
    }

    private static List<Tenure> of(List<Tenure> tenures, End end) {
        return tenures.stream().filter(tenure -> tenure.end() == end).toList();
    }

    private List<String> held(String how, List<Tenure> tenures, ToLongFunction<Tenure> until) {
        List<String> violations = new ArrayList<>();
        Intervals.Most most = Intervals.most(tenures, until);
        if (most.count() > maxBrowsers) {
            violations.add(most.count() + " leases " + how + " at once, of " + maxBrowsers + ": "
                    + Intervals.at(most.at(), tenures, until));
        }
        TreeSet<String> profiles = new TreeSet<>();
        tenures.forEach(tenure -> profiles.add(tenure.profile()));
        profiles.remove("");
        for (String profile : profiles) {
            List<Tenure> owners =
                    tenures.stream().filter(tenure -> tenure.claims(profile)).toList();
            Intervals.Most owned = Intervals.most(owners, until);
            if (owned.count() > 1) {
                violations.add(owned.count() + " owners of " + profile + " " + how + " at once: "
                        + Intervals.at(owned.at(), owners, until));
            }
        }
        return violations;
    }

    private static Duration longestWait(List<Tenure> tenures) {
        return Duration.ofNanos(tenures.stream()
                .filter(Tenure::wasGranted)
                .mapToLong(tenure -> tenure.granted() - tenure.asked())
                .max()
                .orElse(0));
    }
}
