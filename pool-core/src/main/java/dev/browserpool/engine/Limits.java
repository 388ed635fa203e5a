package dev.browserpool.engine;

import dev.browserpool.PoolConfig;
import dev.browserpool.PoolStatus;
import java.util.Optional;

/** What limit this member has asked for, beside the one in force. */
final class Limits {
    private final PoolConfig config;
    private volatile int resizedTo;

    Limits(PoolConfig config) {
        this.config = config;
    }

    /** An operator asks for another limit, through this member. Returns what is to be in force. */
    int resized(int to) {
        resizedTo = to;
        return config.limited(to);
    }

    /** The limits in force, with what was asked for and why they differ. */
    PoolStatus.Limit view(PoolStatus.Limit inForce) {
        int effective = inForce.maxBrowsers();
        boolean asksForNothing = resizedTo == 0 && !config.chosen().contains(PoolConfig.Shared.MAX_BROWSERS);
        int requested = resizedTo > 0 ? resizedTo : asksForNothing ? effective : config.maxBrowsers();
        return new PoolStatus.Limit(
                effective,
                inForce.maxQueued(),
                inForce.maxQueuedPerProfile(),
                requested,
                requested == effective ? Optional.empty() : Optional.of(reason(requested, effective)));
    }

    private String reason(int requested, int effective) {
        return config.cap()
                .filter(cap -> effective == Math.min(cap.most(), requested))
                .map(PoolStatus.Cap::reason)
                .orElse("the pool has " + effective
                        + ": an operator has resized it, or another member was configured with that");
    }
}
