package dev.browserpool.memory;

import dev.browserpool.PoolStatus;

/** How much of one operation type runs and waits. */
final class TypeLoad {
    int running;
    int stopping;
    int waiting;

    /** Those of the waiting ones that could run if there were a slot. */
    int ready;

    PoolStatus.Load snapshot() {
        return new PoolStatus.Load(running, stopping, ready, waiting - ready);
    }
}
