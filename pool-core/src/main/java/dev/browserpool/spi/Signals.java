package dev.browserpool.spi;

import java.util.function.Consumer;

/** What other members' steps decided about requests of this member. */
@FunctionalInterface
public interface Signals {
    /**
     * Tells where to deliver. Delivery may be late, repeated, out of order, or missing; it happens on any thread, and the
     * receiver returns at once.
     *
     * @param gap run when signals may have been missed, or the store may have forgotten this member: it looks for itself then
     */
    void listen(Consumer<Signal> receiver, Runnable gap);
}
