package dev.browserpool.redis;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.spi.BackendPools;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/**
 * Pools that share one limit and one set of profiles over many JVMs, through Redis 6.2 or newer. All members name the same pool
 * ({@link PoolConfig#name()}) on the same server.
 */
public final class RedisBrowserPool {
    private static final String CLOCK = "clock";

    private RedisBrowserPool() {}

    /** Joins the pool on a server, with connections of its own. Close it. */
    public static BrowserPool connect(String url, PoolConfig config) {
        return connect(url, config, RedisOptions.defaults());
    }

    /**
     * The same with options.
     *
     * @param url {@code redis[s]://[[user]:password@]host[:port][/database]}; never logged
     * @throws IllegalArgumentException if the URL or the pool's name can't be used
     * @throws dev.browserpool.StoreUnavailableException if the server could not be reached, or can't do it now
     * @throws dev.browserpool.StoreUnusableException if it refuses access, is too old or read-only, or holds something else under the
     *     pool's keys
     */
    public static BrowserPool connect(String url, PoolConfig config, RedisOptions options) {
        return connect(url, config, options, CLOCK);
    }

    /** The same with another file that tells the scripts the time, for tests. */
    static BrowserPool connect(String url, PoolConfig config, RedisOptions options, String clock) {
        RedisUrl server = RedisUrl.parse(url);
        Keys keys = Keys.of(options.prefix(), config.name());
        UnifiedJedis client = RedisClient.builder()
                .hostAndPort(server.address())
                .clientConfig(
                        server.client(options.socketTimeout(), options.tls()).build())
                .poolConfig(connections(options))
                .build();
        Supplier<UnifiedJedis> subscriber = () -> RedisClient.builder()
                .hostAndPort(server.address())
                .clientConfig(server.client(options.socketTimeout(), options.tls())
                        .resp2() // under RESP3 pings kill the subscription
                        .blockingSocketTimeoutMillis((int) Subscriber.SILENCE.toMillis())
                        .build())
                .build();
        return over(client, true, subscriber, keys, clock, config, options);
    }

    private static ConnectionPoolConfig connections(RedisOptions options) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(options.callThreads() + 1);
        pool.setMaxIdle(options.callThreads() + 1);
        pool.setMaxWait(options.socketTimeout());
        return pool;
    }

    /** Joins the pool through a client of the caller's, which stays open: a single server, Sentinel, or a cluster. */
    public static BrowserPool create(UnifiedJedis client, PoolConfig config) {
        return create(client, config, RedisOptions.defaults());
    }

    /** The same with options. The client needs one more connection than {@link RedisOptions#callThreads()}. */
    public static BrowserPool create(UnifiedJedis client, PoolConfig config, RedisOptions options) {
        Tap.check(client, options);
        return over(client, false, () -> client, Keys.of(options.prefix(), config.name()), CLOCK, config, options);
    }

    private static BrowserPool over(
            UnifiedJedis client,
            boolean isOurs,
            Supplier<UnifiedJedis> subscriber,
            Keys keys,
            String clock,
            PoolConfig config,
            RedisOptions options) {
        CallThreads calls = new CallThreads(config.name(), options.callThreads());
        Runnable end = () -> {
            calls.close();
            if (isOurs) {
                client.close();
            }
        };
        int replicas = options.minReplicas();
        Sender relied = replicas == 0
                ? client::executeCommand
                : new ConfirmedSender(client, replicas, options.socketTimeout().dividedBy(2));
        Scripts scripts = new Scripts(client, keys, clock, () -> "", relied);
        PoolSettings settings = new PoolSettings(config, options);
        Subscriber.Connection connection = new Subscriber.Connection(subscriber, isOurs, replicas > 0);
        RedisBackend backend;
        try {
            scripts.inspect(isOurs);
            // how long a client of somebody else's may take is not known here
            Executor ofWaiters = isOurs ? calls::executeForWaiter : calls;
            backend = new RedisBackend(
                    scripts,
                    keys,
                    settings,
                    connection,
                    new RedisBackend.Calls(calls, ofWaiters),
                    RedisBackend.Messages.UNCOUNTED,
                    end);
        } catch (RuntimeException e) {
            end.run();
            throw e;
        }
        return BackendPools.over(backend, config);
    }
}
