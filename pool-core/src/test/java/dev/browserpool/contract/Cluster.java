package dev.browserpool.contract;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;

/** One pool with as many members as a test wants, on manual time. */
public interface Cluster extends AutoCloseable {
    /** The time of all members. */
    ManualTime time();

    /** One more member. All get the same settings. */
    BrowserPool join(PoolConfig config);

    /** Cuts a member off from the store: its calls fail, it hears nothing. It does not know. */
    void cutOff(BrowserPool member);

    /** Lets a member reach the store again. */
    void reconnect(BrowserPool member);

    @Override
    void close();
}
