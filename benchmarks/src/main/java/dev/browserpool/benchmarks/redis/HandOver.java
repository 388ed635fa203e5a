package dev.browserpool.benchmarks.redis;

import java.io.IOException;
import org.HdrHistogram.Histogram;
import redis.clients.jedis.RedisClient;

/** From the release in this JVM to the grant in the other one, where all the waiters are. In nanoseconds. */
final class HandOver {
    private static final int DIGITS = 3;

    private HandOver() {}

    /**
     * The floor's script: takes one ticket out of two sorted sets and a hash and puts another in, notes it in a stream, and tells it to the
     * other. It decides nothing and checks nothing.
     */
    private static final String FLOOR = """
            local key, old, new = KEYS[1], ARGV[1], ARGV[2]
            redis.call('ZREM', key .. ':leases', old)
            redis.call('ZREM', key .. ':waiting', new)
            redis.call('ZADD', key .. ':leases', ARGV[3], new)
            redis.call('ZADD', key .. ':waiting', ARGV[3], old)
            redis.call('HSET', key .. ':requests', new, ARGV[4])
            redis.call('HDEL', key .. ':requests', old)
            redis.call('XADD', key .. ':history', 'MAXLEN', '~', '10000', '*', 'j', ARGV[4])
            return redis.call('PUBLISH', ARGV[5], ARGV[4])
            """;

    /** As long as what is kept of a request. */
    private static final String TEXT = "x".repeat(200);

    /** Of a limit of one permit, with this many waiters. */
    static Histogram of(Contender contender, String url, String id, int waiters, int samples, OtherJvm other)
            throws IOException, InterruptedException {
        Histogram times = new Histogram(DIGITS);
        try (SharedLimit limit = contender.open(url, id, 1)) {
            other.ask("open " + contender.name() + " " + url + " " + id + " " + waiters);
            for (int i = -samples / 4; i < samples; i++) {
                SharedLimit.Permit permit = limit.acquire();
                other.ask("wait");
                long released = System.nanoTime();
                permit.release();
                record(times, i, Long.parseLong(other.answer()) - released);
            }
            other.ask("close");
        }
        return times;
    }

    /** Of nothing but a script and a message. */
    static Histogram floor(String url, String id, int samples, OtherJvm other) throws IOException {
        Histogram times = new Histogram(DIGITS);
        try (RedisClient redis = RedisClient.create(url)) {
            String digest = redis.scriptLoad(FLOOR);
            other.ask("floor " + url + " " + id);
            for (int i = -samples / 4; i < samples; i++) {
                other.ask("wait");
                long sent = System.nanoTime();
                redis.evalsha(
                        digest, 1, "{" + id + "}", "ticket-" + i, "ticket-" + (i + 1), Integer.toString(i), TEXT, id);
                record(times, i, Long.parseLong(other.answer()) - sent);
            }
            other.ask("close");
        }
        return times;
    }

    /** The first ones warm up. */
    private static void record(Histogram times, int number, long nanos) {
        if (number >= 0) {
            times.recordValue(Math.max(0, nanos));
        }
    }
}
