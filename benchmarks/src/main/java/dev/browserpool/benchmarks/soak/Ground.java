package dev.browserpool.benchmarks.soak;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import java.time.Duration;
import java.util.Map;

/** Where a soak takes place: in memory, or on a server. */
interface Ground extends AutoCloseable {
    /** So that leases expire, members die and histories fill within the time of a short form. */
    PoolConfig CONFIG = PoolConfig.builder()
            .name("soak")
            .maxBrowsers(4)
            .maxQueued(20)
            .timeout(Duration.ofSeconds(2))
            .maxDuration(Duration.ofSeconds(1))
            .stopGrace(Duration.ofMillis(500))
            .closeGrace(Duration.ofMillis(200))
            .pollInterval(Duration.ofMillis(200))
            .historySize(500)
            .build();

    /** What it is called. */
    String title();

    /** One more member, or a pool of its own where there are no members. */
    BrowserPool open();

    /** Something that befalls the store; nothing where there is none. Its name, for the record. */
    String disturb(int dice) throws Exception;

    /** What else can grow, by name. */
    Map<Watched, Double> watched();

    @Override
    void close();
}
