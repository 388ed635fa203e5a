package dev.browserpool.benchmarks.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
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
                Runtime.getRuntime().availableProcessors() + " cores" + model() + ", " + System.getProperty("os.name"),
                "OpenJDK " + Runtime.version() + ", Redis " + redis(client) + ", Redisson "
                        + version("org.redisson/redisson") + ", Jedis " + version("redis.clients/jedis"));
    }

    /** As the library's own jar says. */
    private static String version(String library) {
        Properties own = new Properties();
        try (InputStream in = Conditions.class.getResourceAsStream("/META-INF/maven/" + library + "/pom.properties")) {
            if (in != null) {
                own.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return own.getProperty("version", "of the pom");
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
