package dev.browserpool.races;

import dev.browserpool.LeaseLoss.Reason;
import dev.browserpool.SlotState;
import dev.browserpool.contract.Cluster;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Members that live, die, leave, and come back to a store that was restarted, in the simplest words. */
final class OracleMembers {
    private static final long TTL = Cluster.MEMBER_TTL.toMillis();
    private static final long RECOVERY_WINDOW = 2_000;

    private final OracleLedger oracle;
    /** When each dies that gives no sign of life. */
    private final Map<String, Long> deadlines = new HashMap<>();
    /** Those of before a restart who are not back, and when they would have died. */
    private final Map<String, Long> absent = new HashMap<>();

    private boolean recovering;
    private long earliestEnd;
    private long latestEnd;

    OracleMembers(OracleLedger oracle) {
        this.oracle = oracle;
    }

    /** One who joins, or gives a sign of life. */
    void lives(String member) {
        deadlines.put(member, oracle.now + TTL);
    }

    boolean knows(String member) {
        return deadlines.containsKey(member);
    }

    boolean awaits(String member) {
        return absent.containsKey(member);
    }

    boolean areRecovering() {
        return recovering;
    }

    /** Those who gave no sign of life: their waiters go, their leases are stopped. */
    void bury() {
        inOrder(deadlines).stream()
                .filter(member -> deadlines.get(member) <= oracle.now)
                .forEach(member -> {
                    deadlines.remove(member);
                    oracle.loadTests.goneWith(member);
                    abandonWaiters(member);
                    leasesOf(member).forEach(lease -> oracle.stop(lease, Reason.LOST));
                });
    }

    /** All that it has ends, and nobody knows whether its browsers did. */
    void leaves(String member) {
        deadlines.remove(member);
        absent.remove(member);
        oracle.loadTests.goneWith(member);
        for (OracleEntry lease : leasesOf(member)) {
            if (lease.state.holdsSlot()) { // it may have ended with its parent
                if (lease.profile() != null) {
                    lease.vanished = true;
                    oracle.endedBadly(lease);
                }
                oracle.end(lease, lease.why == null ? SlotState.REVOKED : lease.why.state(), false);
            }
        }
        waitersOf(member).forEach(waiter -> oracle.end(waiter, SlotState.CANCELLED, false));
    }

    void storeRestarts(boolean withData) {
        if (withData) {
            absent.putAll(deadlines);
            latestEnd = oracle.now + Math.max(RECOVERY_WINDOW, TTL + oracle.stopGrace);
        } else {
            absent.clear();
            latestEnd = oracle.now + RECOVERY_WINDOW;
        }
        deadlines.clear();
        earliestEnd = oracle.now + RECOVERY_WINDOW;
        recovering = true;
    }

    void comesBack(String member) {
        absent.remove(member);
        lives(member);
    }

    /** Whether the next step, whatever it is, begins with the end of a recovery. */
    boolean isRecoveryOver() {
        return recovering && oracle.now >= (absent.isEmpty() ? earliestEnd : latestEnd);
    }

    /** Whoever has not come back by now had all the time to stop. */
    void endRecovery() {
        if (!isRecoveryOver()) {
            return;
        }
        for (String member : inOrder(absent)) {
            oracle.loadTests.goneWith(member);
            abandonWaiters(member);
            for (OracleEntry lease : leasesOf(member)) {
                oracle.stop(lease, Reason.LOST);
                lease.dueAt = Math.min(lease.dueAt, oracle.now);
            }
        }
        absent.clear();
        recovering = false;
    }

    private static List<String> inOrder(Map<String, Long> deadlines) {
        return deadlines.keySet().stream()
                .sorted(Comparator.comparing(deadlines::get))
                .toList();
    }

    private void abandonWaiters(String member) {
        waitersOf(member).forEach(waiter -> oracle.end(waiter, SlotState.ABANDONED, true));
    }

    private List<OracleEntry> waitersOf(String member) {
        return oracle.line().stream().filter(e -> e.member.equals(member)).toList();
    }

    /** Those that run first. */
    private List<OracleEntry> leasesOf(String member) {
        return oracle.alive.stream()
                .filter(e -> e.state.holdsSlot() && e.member.equals(member))
                .sorted(Comparator.comparing((OracleEntry e) -> e.state).thenComparing(e -> e.place))
                .toList();
    }
}
