package dev.browserpool.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/** The rights of the documentation's line {@code ACL SETUSER browser-pool …}, so that it can't say anything else than what is tested. */
final class DocumentedRights {
    static final String USER = "browser-pool";
    static final String PASSWORD = "password";
    static final List<String> RULES = read();

    private DocumentedRights() {}

    private static List<String> read() {
        String start = "ACL SETUSER " + USER + " ";
        try (Stream<String> lines = Files.lines(Path.of("../docs/redis.md"))) {
            String line =
                    lines.filter(text -> text.startsWith(start)).findFirst().orElseThrow();
            return Arrays.asList(line.substring(start.length()).split(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a user with rules, and begins to note what is refused. */
    static void makeUser(Jedis admin, String name, Stream<String> rules) {
        admin.sendCommand(
                Protocol.Command.ACL,
                Stream.concat(Stream.of("SETUSER", name), rules).toArray(String[]::new));
        admin.aclLogReset();
    }
}
