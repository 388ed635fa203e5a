package dev.browserpool.contract;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.spi.Backend;
import java.time.Duration;

/** One pool with as many members as a test wants, on manual time. */
public interface Cluster extends AutoCloseable {
    /** After how long without a sign of life a member is given up. */
    Duration MEMBER_TTL = Duration.ofSeconds(45);

    /** The time of all members. */
    ManualTime time();

    /** One more member. All get the same settings. */
    BrowserPool join(PoolConfig config);

    /** Access for a member without a pool over it, for tests at the seam. Joins nothing by itself. */
    Backend backend(PoolConfig config);

    /** The wire between a member and the store. */
    Wire wire(BrowserPool member);

    /** Cuts a member off from the store: its calls fail, it hears nothing. It does not know. */
    default void cutOff(BrowserPool member) {
        wire(member).cut();
    }

    /** Lets a member reach the store again. */
    default void reconnect(BrowserPool member) {
        wire(member).mend();
    }

    /**
     * Restarts the store. Members that can hear it notice.
     *
     * @param withData whether it still knows what it knew
     */
    void restart(boolean withData);

    /** Ends all disturbances, and lets what was disturbed go on. */
    void calm();

    @Override
    void close();
}
