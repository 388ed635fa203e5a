package dev.browserpool.spi;

import dev.browserpool.PoolEvent;
import dev.browserpool.ProfileHome;
import dev.browserpool.SlotLease;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a session layer tells the pool about the browser that runs under a lease. Every lease of this library is one.
 */
public interface SessionLease extends SlotLease {

    /**
     * Says that the work is over and that evidence is being saved and the browser closed: the profile shows
     * {@link dev.browserpool.ProfileStatus#RELEASING}. Changes nothing else; never throws; does nothing after the end.
     */
    void releasing();

    /** Where the newest state of the profile is, as of the grant; empty if no session has opened it yet, or none was claimed. */
    Optional<ProfileHome> home();

    /** Whether the profile's rule wants its directory inspected before it is opened, since the last owner's end was not clean. */
    boolean mustInspect();

    /**
     * Says that the directory is open under this lease's token: from now on the newest state is here. To be called after the
     * token was written into the directory and before the browser starts, so that an older copy is never taken for the newest.
     * Waits for the store's answer.
     *
     * @throws dev.browserpool.LeaseLostException if the lease has ended
     * @throws dev.browserpool.StoreUnavailableException if the store gave no answer
     */
    void opened();

    /** Notes where the evidence is, or why there is none. Kept with the record of the ownership. Returns at once, never throws. */
    void evidence(String where);

    /**
     * Says that the browser could not be closed cleanly: when the lease is closed, the profile becomes
     * {@link dev.browserpool.ProfileStatus#FAILED} and follows its rule.
     */
    void unclean(String why);

    /** Says that nobody must use the profile before a person has looked: when the lease is closed, it is quarantined in one step. */
    void quarantine(String why);

    /**
     * Asks the gates of the pool's configuration once more, before a browser is started: since the request entered the line the host
     * may have filled up. On the calling thread.
     *
     * @throws dev.browserpool.AdmissionRefusedException if one does not let it on; the lease stays, give it back
     */
    void admit();

    /**
     * Somebody else is on the profile's directory. Gives slot and profile back in one step, and waits at the old place until the
     * request is granted anew; then the directory should be looked at again. This lease has ended whatever happens.
     *
     * @param by who it is
     * @param detectedBy who noticed
     * @param lookAgainIn for how long nobody gets the profile; more than zero, at most a day
     * @return the lease that replaces this one
     * @throws dev.browserpool.ProfileConflictException if the request does not wait: its claim refuses conflicts, or its timeout
     *     is zero
     * @throws dev.browserpool.SlotTimeoutException if the request has waited for as long as it may, the time before its first
     *     grant included
     * @throws dev.browserpool.LeaseLostException if this lease was taken back meanwhile
     * @throws dev.browserpool.RequestCancelledException if somebody cancelled the request
     * @throws InterruptedException if the thread was interrupted; the request has left the line
     */
    SessionLease park(OutsideOwner by, PoolEvent.ProfileConflict.Detector detectedBy, Duration lookAgainIn)
            throws InterruptedException;

    /**
     * What to do before a forgotten lease, one that was garbage-collected unclosed, is given back: stop its browser. Runs on a
     * thread of the pool. The action must not refer to the lease or the session, or neither would ever be collected: give it
     * process ids and paths.
     *
     * @param stopBrowser says in which condition the profile is left, and where the evidence is. What it says is added to what
     *     was said before; if it fails, nobody knows what became of the browser, and the profile is given back
     *     {@link ProfileEnd.Condition#UNCLEAN}
     */
    void onForgotten(Supplier<ProfileEnd> stopBrowser);

    /**
     * The same lease with these methods.
     *
     * @throws IllegalArgumentException if the lease was not made by a pool of this library
     */
    static SessionLease of(SlotLease lease) {
        if (lease instanceof SessionLease session) {
            return session;
        }
        throw new IllegalArgumentException(
                "lease " + lease.requestId() + " is a " + lease.getClass().getName()
                        + ", which was not made by a pool of this library; pass the lease as the pool gave it");
    }
}
