package dev.browserpool;

/** Hears what happens in a pool: what this member's own requests and operators do. */
@FunctionalInterface
public interface PoolListener {
    /**
     * Called for each event, one after the other on a daemon thread that this listener has for itself, outside every lock; in
     * order for each request. What it throws is logged. If it is so slow that more than 10,000 events pile up, the newest are
     * dropped for it alone, {@link Registration#dropped()} counts them, and the log says so.
     */
    void on(PoolEvent event);

    /** A listener that hears a pool, until the pool or this is closed. Any thread. */
    interface Registration extends AutoCloseable {
        /** How many events it missed since it was too slow. */
        long dropped();

        /**
         * Ends the hearing: no event is brought any more, but one that is being brought now may go on. Returns at once, never
         * throws; a second call does nothing.
         */
        @Override
        void close();
    }
}
