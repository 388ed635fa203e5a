package dev.browserpool.redis.processes;

/**
 * One request as the log of its worker tells it, in nanoseconds.
 *
 * @param profile that it claims for itself, or empty
 * @param inLine since when it was known to stand in line; {@link #NEVER} if it was not, or if it may have lost its place since
 * @param granted when its lease was in its holder's hands; {@link #NEVER} if it was not
 * @param validUntil when that lease was certainly still valid for the last time: its release, its loss, the end of local validity, or the
 *     end of its process, whichever is first
 * @param keptUntil until when nobody else can have got the slot, if the store has not forgotten: the release, or, without one, local
 *     validity plus what the store waits beyond it
 * @param waitedUntil when it was granted, refused, or its process ended
 * @param end how it ended
 * @param note what was said about that
 */
record Tenure(
        String worker,
        String request,
        String profile,
        long asked,
        long inLine,
        long granted,
        long token,
        long validUntil,
        long keptUntil,
        long waitedUntil,
        End end,
        String note) {
    static final long NEVER = Long.MAX_VALUE;

    /** How a request ended. */
    enum End {
        /** Its holder gave it back. */
        RETURNED,
        /** It was lost when its time was over by the worker's own clocks, or the store gave up a worker that was silent for long. */
        LAPSED,
        /** It was lost though the worker could believe in it. */
        TAKEN,
        /** Its process was killed, while it held it or waited for it. */
        KILLED,
        /** It was refused, or its waiting ended without a lease. */
        FAILED,
        /** It has not ended yet. */
        OPEN
    }

    boolean wasGranted() {
        return granted != NEVER;
    }

    /** From when on its slot should be on its way to the next. */
    long heldUntil() {
        return end == End.RETURNED ? keptUntil : validUntil;
    }

    boolean claims(String profileId) {
        return profile.equals(profileId);
    }

    @Override
    public String toString() {
        return request + (profile.isEmpty() ? "" : " on " + profile) + (wasGranted() ? ", token " + token : "");
    }
}
