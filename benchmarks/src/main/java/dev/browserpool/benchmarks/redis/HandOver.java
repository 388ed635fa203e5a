package dev.browserpool.benchmarks.redis;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import redis.clients.jedis.RedisClient;

/** From the release in this JVM to the grant in the other one, where all the waiters are. In nanoseconds. */
final class HandOver {
    private static final int DIGITS = 3;

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

    private final String url;
    private final OtherJvm other;
    private final ServerStats stats;

    HandOver(String url, OtherJvm other, ServerStats stats) {
        this.url = url;
        this.other = other;
        this.stats = stats;
    }

    /** Of a limit of one permit, with this many waiters. */
    Histogram of(Contender contender, String id, int waiters, int samples) throws IOException, InterruptedException {
        try (SharedLimit limit = contender.open(url, id, 1)) {
            other.ask("open " + contender.name() + " " + url + " " + id + " " + waiters);
            return times(
                    samples, contender == Contender.POLLING ? PollingLimit.PAUSE_NANOS : 0, number -> limit.acquire());
        }
    }

    /** Of nothing but a script and a message. */
    Histogram floor(String id, int samples) throws IOException, InterruptedException {
        try (RedisClient redis = RedisClient.create(url)) {
            String digest = redis.scriptLoad(FLOOR);
            other.ask("floor " + url + " " + id);
            return times(
                    samples,
                    0,
                    number -> () -> redis.evalsha(
                            digest,
                            1,
                            "{" + id + "}",
                            "ticket-" + number,
                            "ticket-" + (number + 1),
                            Integer.toString(number),
                            TEXT,
                            id));
        }
    }

    /** Gets ready to hand something over. */
    private interface Preparation {
        SharedLimit.Permit forNumber(int number) throws InterruptedException;
    }

    /**
     * From the moment at which it is handed over until the first in the other JVM has it.
     *
     * @param period of those who poll: it is handed over at any moment of that
     */
    private Histogram times(int samples, long period, Preparation preparation)
            throws IOException, InterruptedException {
        Histogram times = new Histogram(DIGITS);
        for (int i = -samples / 4; i < samples; i++) {
            SharedLimit.Permit permit = preparation.forNumber(i);
            other.ask("wait");
            stats.awaitQuiet();
            LockSupport.parkNanos(period == 0 ? 0 : ThreadLocalRandom.current().nextLong(period));
            long released = System.nanoTime();
            permit.release();
            record(times, i, Long.parseLong(other.answer()) - released);
        }
        other.ask("close");
        return times;
    }

    /** The first ones warm up. */
    private static void record(Histogram times, int number, long nanos) {
        if (number >= 0) {
            times.recordValue(Math.max(0, nanos));
        }
    }
}
