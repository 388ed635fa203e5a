package dev.browserpool;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Who owns which profile, by which rule, what happened to it; and how people take part. Every method asks the store and may
 * throw {@link StoreUnavailableException}, after which a change may or may not have happened: saying it again is safe. An id that
 * is no profile name, and a blank or too long text, is refused with an {@link IllegalArgumentException}. All methods may be
 * called from any thread; none waits for a profile.
 */
public interface ProfileLocks {
    /**
     * The present owners of a profile, oldest first: none, one, or several shared ones; or, if there is none, the last one if it
     * vanished: STALE or FAILED. Says nothing of blocks: a profile that is checked out or in quarantine may have no owner. To
     * learn whether it is free, ask {@code view(id).status()}.
     */
    List<ProfileLock> current(String profileId);

    /** All profiles that are in the hands of requests, one entry per owner, and the last owners that vanished. */
    List<ProfileLock> all();

    /** All that is known of one profile. Of one that was never heard of: free, with the default rule. */
    ProfileView view(String profileId);

    /** All profiles that are owned, waited for, blocked or stale, sorted by id. */
    List<ProfileView> views();

    /**
     * What happened to a profile, newest first: every ownership with how it ended, and what people did. Remembered as long as
     * {@link PoolConfig#historySize()} and {@link PoolConfig#historyRetention()} allow.
     *
     * @param limit at most so many
     */
    List<ProfileRecord> history(String profileId, int limit);

    /** The rule of a profile; the default rule if none was set. */
    ProfileRule rule(String profileId);

    /**
     * Sets the rule of a profile. Takes effect at once; who holds it already keeps it. Whoever waits for it and named another
     * proxy than the new one leaves the line with a {@link RequestCancelledException}.
     */
    void setRule(ProfileRule rule);

    /**
     * Takes an idle profile for a person: at once, without a slot, ahead of the line. It lives by its own deadline, not by a
     * heartbeat: over a shared store it outlives this program; an in-memory pool forgets it with the JVM, as it forgets
     * quarantines, rules and histories. The same person again sets reason and deadline anew.
     *
     * @param who the person; also the name by which it is given back
     * @param why for the record, and for whoever waits
     * @param howLong until it ends by itself
     * @return what stands now
     * @throws ProfileConflictException if a request owns the profile, or another person has it
     */
    ProfileBlock checkOut(String profileId, String who, String why, Duration howLong);

    /**
     * Keeps a check-out for longer.
     *
     * @param howLong for at least so long from now on; an end that is later already stays
     * @return the end that stands now
     * @throws ProfileConflictException if this person does not have it (any more)
     */
    Instant extendCheckOut(String profileId, String who, Duration howLong);

    /**
     * Gives a checked-out profile back. The line goes on.
     *
     * @param who the person who has it
     * @param note what was done, for the record
     * @return false if this person does not have it (any more)
     */
    boolean checkIn(String profileId, String who, String note);

    /**
     * Keeps everybody from a profile until a person clears it. A present owner keeps it to its end; whoever waits keeps its
     * place. The record names this process as the one who did it.
     *
     * @return false if it was in quarantine already; the first reason stays, and both are on record
     */
    boolean quarantine(String profileId, String why);

    /** The same in the name of a person or a program. */
    boolean quarantine(String profileId, String who, String why);

    /**
     * Ends a quarantine, and what was known of a vanished owner: the person has looked, and the profile is sound. The line goes
     * on.
     *
     * @param who the person
     * @param note what was found, for the record
     * @return false if there was nothing to clear
     */
    boolean clear(String profileId, String who, String note);
}
