package dev.browserpool.memory;

import dev.browserpool.LeaseLoss;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Which;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends what others want ended: revoked leases, cancelled waiters, everything of a member that leaves. */
final class Stops {
    private final Desk desk;
    private final Seats seats;

    /** Finds leases. */
    interface Seats {
        @Nullable
        Seat of(Ticket ticket, long token);
    }

    Stops(Desk desk, Seats seats) {
        this.desk = desk;
        this.seats = seats;
    }

    List<String> stop(Which which, LeaseLoss.Reason why, String message) {
        List<Seat> seats = select(which);
        for (Seat seat : seats) {
            if (seat.state == SlotState.WAITING) {
                desk.exits.tell(seat, desk.exits.leaveLine(seat, SlotState.CANCELLED, message));
            } else {
                desk.exits.stop(seat, why, message);
            }
        }
        return seats.stream().map(Seat::id).toList();
    }

    private List<Seat> select(Which which) {
        if (which instanceof Which.Running running) {
            return one(running.requestId(), SlotState.RUNNING);
        }
        if (which instanceof Which.InLine inLine) {
            return one(inLine.requestId(), SlotState.WAITING);
        }
        if (which instanceof Which.Held held) {
            Seat seat = seats.of(held.ticket(), held.token());
            return seat != null && seat.state == SlotState.RUNNING ? List.of(seat) : List.of();
        }
        long age = ((Which.OlderThan) which).age().toNanos();
        List<Seat> old = new ArrayList<>();
        for (Seat s = desk.leases.oldest(); s != null && desk.clock.now() - s.grantedAt > age; s = s.after) {
            if (s.state == SlotState.RUNNING) {
                old.add(s);
            }
        }
        return old;
    }

    private List<Seat> one(String requestId, SlotState state) {
        Seat seat = desk.ids.get(requestId);
        return seat != null && seat.state == state ? List.of(seat) : List.of();
    }

    void endAllOf(Member member) {
        for (Seat seat : member.seatsInOrder()) {
            if (seat.state == SlotState.WAITING) {
                desk.exits.leaveLine(seat, SlotState.CANCELLED, "its pool was closed");
            } else if (seat.state.holdsSlot()) {
                desk.exits.abandon(seat, "its pool was closed");
            }
        }
    }
}
