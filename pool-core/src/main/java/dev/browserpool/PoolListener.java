package dev.browserpool;

/** Hears what happens in a pool. */
@FunctionalInterface
public interface PoolListener {
    /**
     * Called for each event, one after the other on one thread of the pool's, outside every lock; in order for each request.
     * What it throws is logged. If it is so slow that more than 10,000 events pile up, the newest are dropped, and the log says how many.
     */
    void on(PoolEvent event);
}
