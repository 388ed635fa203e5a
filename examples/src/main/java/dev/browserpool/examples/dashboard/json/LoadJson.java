package dev.browserpool.examples.dashboard.json;

import dev.browserpool.PoolStatus.Load;

/** How many run and wait. */
public record LoadJson(int running, int stopping, int waitingForSlot, int waitingForProfile, int waitingForLoadTest) {
    static LoadJson of(Load load) {
        return new LoadJson(
                load.running(),
                load.stopping(),
                load.waitingForSlot(),
                load.waitingForProfile(),
                load.waitingForLoadTest());
    }
}
