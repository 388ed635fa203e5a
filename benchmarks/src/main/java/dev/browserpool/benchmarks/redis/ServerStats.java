package dev.browserpool.benchmarks.redis;

import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.RedisClient;

/** What the server counts. */
final class ServerStats {
    private static final Pattern READS = Pattern.compile("total_reads_processed:(\\d+)");
    private static final Pattern STEPS = Pattern.compile("cmdstat_(fcall|evalsha):calls=(\\d+),usec=(\\d+)");
    private static final long QUIET_NANOS = 5_000_000;
    private static final long PATIENCE_NANOS = 500_000_000;

    private final RedisClient redis;

    ServerStats(RedisClient redis) {
        this.redis = redis;
    }

    /**
     * Steps of a pool, or the scripts of another limit.
     *
     * @param calls how often
     * @param micros for how long, in the server
     */
    record Scripts(long calls, long micros) {
        Scripts since(Scripts before) {
            return new Scripts(calls - before.calls, micros - before.micros);
        }
    }

    /** Of the server. */
    static String version(RedisClient redis) {
        return redis.info("server")
                .lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    Scripts scripts() {
        return STEPS.matcher(redis.info("commandstats"))
                .results()
                .map(found -> new Scripts(Long.parseLong(found.group(2)), Long.parseLong(found.group(3))))
                .reduce(
                        new Scripts(0, 0),
                        (one, other) -> new Scripts(one.calls + other.calls, one.micros + other.micros));
    }

    /** How often the server has read something from a client, this question included: commands that are not sent together. */
    long reads() {
        Matcher found = READS.matcher(redis.info("stats"));
        if (!found.find()) {
            throw new IllegalStateException("the server does not count what it reads; it must be 6.2 or newer");
        }
        return Long.parseLong(found.group(1));
    }

    /**
     * Returns when nobody asks anything of the server, or when the patience is over, as it will be with those who poll. A thread that
     * waits for its answer looks as one that waits in line: only the server knows whether all have come.
     */
    void awaitQuiet() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long before = reads();
        long now = before;
        do {
            before = now;
            LockSupport.parkNanos(QUIET_NANOS);
            now = reads();
        } while (now - before > 1 && System.nanoTime() - deadline < 0);
    }
}
