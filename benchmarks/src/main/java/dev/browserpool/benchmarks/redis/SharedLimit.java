package dev.browserpool.benchmarks.redis;

/** A number of permits that JVMs share through Redis. */
interface SharedLimit extends AutoCloseable {
    /** A permit in hand. */
    interface Permit {
        /** Gives it back; on the thread that took it. */
        void release();
    }

    /** Waits for a permit. */
    Permit acquire() throws InterruptedException;

    @Override
    void close();
}
