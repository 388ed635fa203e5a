package dev.browserpool.spi;

import dev.browserpool.SlotLease;

/**
 * What a session layer tells the pool about the browser that runs under a lease. Every lease of this library is one.
 */
public interface SessionLease extends SlotLease {

    /**
     * Says that the work is over and that evidence is being saved and the browser closed: the profile shows
     * {@link dev.browserpool.ProfileStatus#RELEASING}. Changes nothing else; never throws; does nothing after the end.
     */
    void releasing();

    /**
     * What to do before a forgotten lease, one that was garbage-collected unclosed, is given back: stop its browser. Runs on a
     * thread of the pool. The action must not refer to the lease or the session, or neither would ever be collected: give it
     * process ids and paths.
     */
    void onForgotten(Runnable stopBrowser);

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
