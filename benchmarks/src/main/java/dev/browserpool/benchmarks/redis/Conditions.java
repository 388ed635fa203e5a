package dev.browserpool.benchmarks.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.redisson.Redisson;
import redis.clients.jedis.RedisClient;

/**
 * Under which circumstances something was measured.
 *
 * @param command what to type to measure it again
 * @param machine on what
 * @param versions of what
 */
record Conditions(String command, String machine, String versions) {

    static Conditions of(RedisClient client, int rounds, int samples, int seconds) {
        return new Conditions(
                "benchmarks/run redis --rounds " + rounds + " --samples " + samples + " --seconds " + seconds,
                Runtime.getRuntime().availableProcessors() + " cores" + model() + ", " + System.getProperty("os.name"),
                "OpenJDK " + Runtime.version() + ", Redis " + redis(client) + ", Redisson " + version(Redisson.class)
                        + ", Jedis " + version(RedisClient.class));
    }

    private static String version(Class<?> of) {
        return Optional.ofNullable(of.getPackage().getImplementationVersion()).orElse("of the pom");
    }

    private static String redis(RedisClient client) {
        return client.info("server")
                .lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String model() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
            return lines.stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> ", " + line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
