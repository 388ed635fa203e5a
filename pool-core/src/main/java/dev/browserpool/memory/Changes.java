package dev.browserpool.memory;

import dev.browserpool.ProfileHome;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Change;
import dev.browserpool.spi.Changed;
import dev.browserpool.spi.ProfileEnd;
import java.time.Duration;

/** What the holder of a lease says about it while he holds it. */
final class Changes {
    private static final Changed NOTED = new Changed.Noted();
    private static final Changed NOT_HELD = new Changed.NotHeld();

    private final Desk desk;
    private final Seat seat;
    private final long token;

    Changes(Desk desk, Seat seat, long token) {
        this.desk = desk;
        this.seat = seat;
        this.token = token;
    }

    Changed make(Change change) {
        if (change instanceof Change.Park && seat.parkedToken == token) {
            return parked(); // said before
        }
        if (!seat.state.holdsSlot() || seat.token != token) {
            return NOT_HELD;
        }
        if (change instanceof Change.Extend extend) {
            return extend(extend);
        }
        if (change instanceof Change.Park park) {
            return seat.profile == null ? NOT_HELD : park(park, seat.profile);
        }
        if (change instanceof Change.Releasing) {
            seat.releasing = true;
        } else if (change instanceof Change.Note note) {
            seat.note(note.progress());
        } else if (seat.profile != null) {
            seat.opened = true;
            opened(seat.profile);
            seat.profile.lastOutside = null;
        }
        return NOTED;
    }

    /** The end of a child is at the latest that of its parent. */
    private Changed extend(Change.Extend extend) {
        if (seat.state != SlotState.RUNNING) {
            return NOT_HELD;
        }
        long total = extend.total().toNanos();
        if (total > seat.extended) {
            long end = PoolClock.later(seat.mustEndAt, total - seat.extended);
            seat.extended = total;
            seat.mustEndAt = seat.parent == null ? end : Math.min(end, seat.parent.mustEndAt);
            desk.leases.dueAt(seat, seat.mustEndAt);
        }
        return new Changed.Extended(Duration.ofNanos(seat.mustEndAt - desk.clock.now()));
    }

    /** Of shared owners the newest counts, whoever comes last. */
    private void opened(Profile profile) {
        if (profile.home == null || profile.home.token() < token) {
            profile.home = new ProfileHome(seat.member.identity.host(), token);
        }
    }

    private Changed parked() {
        return new Changed.Parked(seat.state == SlotState.WAITING ? desk.line.position(seat) : 0);
    }

    private Changed park(Change.Park park, Profile profile) {
        desk.custody.heldOutside(
                profile, park.by(), desk.clock.now() + park.lookAgainIn().toNanos());
        desk.custody.neverOpened(seat, profile);
        if (park.stay() && seat.state == SlotState.RUNNING) {
            desk.exits.park(seat, profile);
            return parked();
        }
        return new Changed.Ended(desk.exits.free(
                seat,
                SlotState.FAILED,
                "profile " + profile.id + " is held by " + park.by().describe(),
                ProfileEnd.CLEAN));
    }
}
