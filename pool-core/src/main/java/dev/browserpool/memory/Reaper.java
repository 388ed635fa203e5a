package dev.browserpool.memory;

import dev.browserpool.LeaseLoss;
import dev.browserpool.SlotState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does what is due: leases whose time is over, members that gave no sign of life. Within a budget per step. */
final class Reaper {
    private final Desk desk;
    private final Map<String, Member> members;
    private @Nullable Recovery recovery;
    private long nextDeath = Long.MAX_VALUE;

    /** Whether a dead member still has leases that are stopping. */
    private boolean mourning;

    private int budget;

    Reaper(Desk desk, Map<String, Member> members) {
        this.desk = desk;
        this.members = members;
    }

    /** Members come back from now on, and nothing is granted until all have. */
    void recover(Recovery from) {
        recovery = from;
        desk.recovering = true;
    }

    @Nullable
    Recovery recovery() {
        return recovery;
    }

    /** Returns whether the budget ran out. */
    boolean reap(long now) {
        budget = Desk.BUDGET;
        if (recovery != null && now >= recovery.end()) {
            for (Member absent : recovery.absent()) {
                if (!mourn(absent, now)) {
                    return true;
                }
            }
            recovery = null;
            desk.recovering = false;
        }
        for (Seat due = desk.leases.overdue(now); due != null; due = desk.leases.overdue(now)) {
            if (budget-- == 0) {
                return true;
            }
            if (due.state == SlotState.STOPPING) {
                desk.exits.passOn(due);
            } else {
                desk.exits.stop(
                        due,
                        LeaseLoss.Reason.EXPIRED,
                        "it was held for longer than " + Duration.ofNanos(due.mustEndAt - due.grantedAt));
            }
        }
        if (desk.loadTesting.until() <= now) {
            if (budget-- == 0) {
                return true;
            }
            desk.loadTesting.lapse();
        }
        for (Block over = desk.custody.dues.overdue(now); over != null; over = desk.custody.dues.overdue(now)) {
            if (budget-- == 0) {
                return true;
            }
            desk.custody.lapse(over);
        }
        return (now >= nextDeath || mourning) && lookAfterMembers(now);
    }

    private boolean lookAfterMembers(long now) {
        boolean more = false;
        List<Member> overdue = members.values().stream()
                .filter(member -> member.deadline <= now)
                .sorted(Comparator.comparingLong(member -> member.deadline))
                .toList();
        for (Member member : overdue) {
            more |= !bury(member);
        }
        members.values().removeIf(member -> member.dead && member.seats.isEmpty());
        mourning = members.values().stream().anyMatch(member -> member.dead);
        look();
        return more;
    }

    /** When the next member dies if it gives no sign of life; a lower bound, since signs of life do not change it. */
    long nextDeath() {
        return nextDeath;
    }

    /** Members came or went. */
    void look() {
        nextDeath = Long.MAX_VALUE;
        for (Member member : members.values()) {
            nextDeath = Math.min(nextDeath, member.deadline);
        }
    }

    /** Ends what waits and stops what runs; returns whether all of it is done. The member goes with its last lease. */
    private boolean bury(Member member) {
        member.dead = true;
        desk.loadTesting.gone(member, "its member died");
        for (Seat seat : waitersFirst(member)) {
            if (seat.state == SlotState.STOPPING) {
                continue;
            }
            if (budget-- <= 0) {
                return false;
            }
            if (seat.state == SlotState.WAITING) {
                desk.exits.leaveLine(seat, SlotState.ABANDONED, "its member died");
            } else {
                desk.exits.stop(seat, LeaseLoss.Reason.LOST, "its member " + member.identity.member() + " died");
            }
        }
        member.deadline = Long.MAX_VALUE;
        return true;
    }

    /** Nobody has claimed what was its own: so much time has passed that its browsers were stopped, or nobody knows. */
    private boolean mourn(Member absent, long now) {
        desk.loadTesting.gone(absent, "its member did not come back");
        for (Seat seat : waitersFirst(absent)) {
            if (seat.state == SlotState.WAITING) {
                if (budget-- <= 0) {
                    return false;
                }
                desk.exits.leaveLine(seat, SlotState.ABANDONED, "its member did not come back");
            } else if (seat.state == SlotState.RUNNING || seat.dueAt > now) {
                if (budget-- <= 0) {
                    return false;
                }
                desk.exits.stop(
                        seat,
                        LeaseLoss.Reason.LOST,
                        "its member " + absent.identity.member() + " did not come back after the store was restarted");
                desk.leases.dueAt(seat, now);
            }
        }
        return true;
    }

    private static List<Seat> waitersFirst(Member member) {
        List<Seat> seats = new ArrayList<>(member.seatsInOrder());
        seats.sort(Comparator.comparing(seat -> seat.state.holdsSlot()));
        return seats;
    }
}
