package dev.browserpool.spi;

import java.time.Instant;
import java.util.function.LongUnaryOperator;

/** Time and scheduling, from outside, so that tests need no sleeping. */
public interface PoolTime {
    /** Monotonic nanoseconds, as {@link System#nanoTime()}: they never go back, or the pool's time stands still until they catch up. */
    long nanos();

    /** The wall clock. */
    Instant wall();

    /**
     * Runs a step again and again on a thread of its own.
     *
     * @param threadName the name of that thread
     * @param step gets the present nanoseconds and returns in how many it wants to run again; {@link Long#MAX_VALUE} for not
     *     before it is woken
     */
    Driven drive(String threadName, LongUnaryOperator step);

    /** A step that is being driven. */
    interface Driven extends AutoCloseable {
        /** Asks for a run no later than at this time, in nanoseconds as of {@link PoolTime#nanos()}. Cheap if one is due before. */
        void wakeAt(long nanos);

        /** Ends the driving. Does not wait for a step at work. */
        @Override
        void close();
    }

    /** The clocks of this JVM and its system, and a daemon thread for each step. */
    static PoolTime system() {
        return SystemTime.INSTANCE;
    }
}
