package dev.browserpool.redis.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.opentest4j.TestAbortedException;
import redis.embedded.RedisExecProvider;

/** Which program is the server. */
public enum Binary {
    /** What {@code -Dredis.server} names; else the one that a library brings: no TLS, but nothing to install. */
    BUNDLED,
    /** What {@code -Dredis.server} names; else the one on the path: with TLS. Whoever needs it is skipped where there is none. */
    SYSTEM,
    /** The oldest that is supported, which the build unpacks. */
    OLDEST;

    /** The program's path; fails, or ends the test, if there is none. */
    public String path() {
        String wanted = System.getProperty("redis.server", "");
        return switch (this) {
            case BUNDLED -> wanted.isEmpty() ? bundled() : wanted;
            case SYSTEM -> wanted.isEmpty() ? onThePath() : wanted;
            case OLDEST -> oldest();
        };
    }

    private static String bundled() {
        try {
            return RedisExecProvider.defaultProvider().get().getPath();
        } catch (IOException e) {
            throw new IllegalStateException("the bundled server could not be unpacked", e);
        }
    }

    private static String onThePath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "redis-server"))
                .filter(file -> file.toFile().canExecute())
                .findFirst()
                .orElseThrow(
                        () -> new TestAbortedException(
                                "no redis-server on the path: install it (Debian: apt-get install redis-server), or name one with -Dredis.server"))
                .toString();
    }

    private static String oldest() {
        File[] unpacked =
                new File("target/oldest-redis").listFiles(file -> file.getName().contains(architecture()));
        if (unpacked == null || unpacked.length == 0) {
            throw new IllegalStateException("the build has unpacked no old server for this system");
        }
        if (!unpacked[0].setExecutable(true)) {
            throw new IllegalStateException(unpacked[0] + " can't be made executable");
        }
        return unpacked[0].getAbsolutePath();
    }

    private static String architecture() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        return name + (System.getProperty("os.arch").equals("aarch64") ? "-arm64" : "-amd64");
    }
}
