package dev.browserpool.playwright.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chromium's own lock on a profile: a link that leads to its owner's name, {@code host-pid}. The headless shell has none.
 *
 * @param host the owner's host
 * @param pid its process id there
 */
public record SingletonLock(String host, long pid) {
    private static final String LINK = "SingletonLock";
    private static final List<String> FILES = List.of(LINK, "SingletonCookie", "SingletonSocket");
    private static final Pattern TARGET = Pattern.compile("(.*)-(\\d{1,18})");
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    /** Whether there is one, wherever it leads. */
    public static boolean isIn(Path directory) {
        return Files.exists(directory.resolve(LINK), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Empty if there is none.
     *
     * @throws IOException if there is something that is not readable as one
     */
    static Optional<SingletonLock> read(Path directory) throws IOException {
        Path link = directory.resolve(LINK);
        if (!isIn(directory)) {
            return Optional.empty();
        }
        if (!Files.isSymbolicLink(link)) {
            throw new IOException(link + " is no link");
        }
        String target = Files.readSymbolicLink(link).toString();
        Matcher owner = TARGET.matcher(target);
        if (!owner.matches()) {
            throw new IOException(link + " leads to " + target + ", not to a host and a process");
        }
        return Optional.of(new SingletonLock(owner.group(1), Long.parseLong(owner.group(2))));
    }

    /** For a lock whose owner is proven to be gone only: under a living one this corrupts the profile. */
    public static void remove(Path directory) throws IOException {
        for (String file : FILES) {
            Files.deleteIfExists(directory.resolve(file));
        }
    }

    boolean isOfThisHost() {
        return host.equals(thisHost());
    }

    /** As Chromium calls it, which asks no name service. */
    public static String thisHost() {
        try {
            return Files.isReadable(HOST_NAME)
                    ? Files.readString(HOST_NAME).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
