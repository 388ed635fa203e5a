package dev.browserpool.races;

import dev.browserpool.LeaseLoss.Reason;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;

/** One request, from its arrival to its end, as the oracle sees it. */
final class OracleEntry {
    final SlotRequest request;
    final String member;
    /** Which of all submissions it was. */
    final int number;

    final boolean mayWait;
    OracleEntry parent;
    final long maxMillis;

    /** Its place in line: the number, but for a task that comes again to a profile that is kept for it. */
    int place;

    /** The place of which its member knows. */
    int toldPlace;

    SlotState state = SlotState.WAITING;
    long dueAt;
    long mustEndAt;
    long extended;
    Reason why;

    OracleEntry recoversFrom;
    boolean opened;
    boolean releasing;
    boolean unclean;
    boolean vanished;
    String checkpoint = "";

    OracleEntry(SlotRequest request, String member, int number, boolean mayWait, OracleEntry parent, long maxMillis) {
        this.request = request;
        this.member = member;
        this.number = number;
        this.place = number;
        this.mayWait = mayWait;
        this.parent = parent;
        this.maxMillis = maxMillis;
    }

    String id() {
        return request.requestId();
    }

    /** Who names no task is one. */
    String task() {
        return request.taskId().orElse(id());
    }

    String profile() {
        return request.profile().map(ProfileClaim::profileId).orElse(null);
    }

    boolean exclusive() {
        return request.profile().map(ProfileClaim::isExclusive).orElse(true);
    }

    /** What it does with its profile, or how it left it. */
    ProfileStatus status() {
        if (unclean) {
            return ProfileStatus.FAILED;
        }
        if (vanished) {
            return ProfileStatus.STALE;
        }
        return releasing ? ProfileStatus.RELEASING : ProfileStatus.RUNNING;
    }

    @Override
    public String toString() {
        return "#" + number + " " + id() + " " + state;
    }
}
