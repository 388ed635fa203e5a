package dev.browserpool.benchmarks.redis;

import dev.browserpool.benchmarks.report.Machine;
import redis.clients.jedis.RedisClient;

/**
 * Under which circumstances something was measured.
 *
 * @param command what to type to measure it again
 * @param machine on what
 * @param versions of what
 */
record Conditions(String command, String machine, String versions) {

    static Conditions of(RedisClient client, String options) {
        return new Conditions(
                "benchmarks/run redis " + options,
                Machine.describe(),
                "OpenJDK " + Runtime.version() + ", Redis " + redis(client) + ", Redisson "
                        + Machine.versionOf("org.redisson/redisson") + ", Jedis "
                        + Machine.versionOf("redis.clients/jedis"));
    }

    private static String redis(RedisClient client) {
        return client.info("server")
                .lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
