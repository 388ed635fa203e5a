package dev.browserpool.examples.distributed;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.redis.RedisBrowserPool;
import dev.browserpool.redis.RedisOptions;
import java.time.Duration;

/** The pool that all JVMs of a run join. Its times are short, so that one sees within seconds what otherwise takes a minute. */
public final class SharedPool {
    /** How long a JVM may be silent before its places in line go. Longer than it takes a busy machine to let it speak. */
    public static final Duration MEMBER_TTL = Duration.ofSeconds(8);

    /** How long after that its slots and profiles go. A browser exits by itself within a second or two of its JVM's death. */
    public static final Duration STOP_GRACE = Duration.ofSeconds(8);

    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

    private SharedPool() {}

    /** Joins it; the first one makes it. Close it. */
    public static BrowserPool join(String redisUrl, int slots) {
        PoolConfig config = PoolConfig.builder()
                .name("demo")
                .maxBrowsers(slots)
                .stopGrace(STOP_GRACE)
                .closeGrace(CLOSE_GRACE)
                .build();
        return RedisBrowserPool.connect(
                redisUrl, config, RedisOptions.defaults().withMemberTtl(MEMBER_TTL));
    }
}
