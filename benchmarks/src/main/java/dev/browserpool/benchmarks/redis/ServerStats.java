package dev.browserpool.benchmarks.redis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.RedisClient;

/** What the server counts. */
final class ServerStats {
    private static final Pattern READS = Pattern.compile("total_reads_processed:(\\d+)");
    private static final Pattern SCRIPTS = Pattern.compile("cmdstat_evalsha:calls=(\\d+),usec=(\\d+)");

    private final RedisClient redis;

    ServerStats(RedisClient redis) {
        this.redis = redis;
    }

    /**
     * Scripts that were run by their digests.
     *
     * @param calls how often
     * @param micros for how long, in the server
     */
    record Scripts(long calls, long micros) {
        Scripts since(Scripts before) {
            return new Scripts(calls - before.calls, micros - before.micros);
        }
    }

    Scripts scripts() {
        Matcher found = SCRIPTS.matcher(redis.info("commandstats"));
        return found.find()
                ? new Scripts(Long.parseLong(found.group(1)), Long.parseLong(found.group(2)))
                : new Scripts(0, 0);
    }

    /** How often the server has read something from a client, this question included: commands that are not sent together. */
    long reads() {
        Matcher found = READS.matcher(redis.info("stats"));
        if (!found.find()) {
            throw new IllegalStateException("the server does not count what it reads; it must be 6.2 or newer");
        }
        return Long.parseLong(found.group(1));
    }
}
