package dev.browserpool.playwright.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Who holds a POSIX lock on a file, read from {@code /proc/locks}, which changes nothing: opening the file and trying would. What a
 * process in another namespace holds is not listed there.
 */
public final class FileLocks {
    private static final Path LOCKS = Path.of("/proc/locks");

    private FileLocks() {}

    /** Whether this machine can tell at all. */
    public static boolean canTell() {
        return Files.isReadable(LOCKS);
    }

    /** The process that holds a lock on a file; empty if none does, the file is missing, or nobody can tell. */
    public static OptionalLong holder(Path file) throws IOException {
        if (!canTell() || !Files.exists(file)) {
            return OptionalLong.empty();
        }
        FileId wanted = FileId.of(file);
        try (Stream<String> lines = Files.lines(LOCKS)) {
            return lines.map(line -> line.trim().split("\\s+"))
                    .filter(fields -> fields.length > 5 && !fields[1].equals("->"))
                    .filter(fields -> fields[1].equals("POSIX") || fields[1].equals("OFDLCK"))
                    .filter(fields -> wanted.isThatOf(fields[5], fields[4], file))
                    .mapToLong(fields -> Long.parseLong(fields[4]))
                    .filter(pid -> pid > 0)
                    .findFirst();
        }
    }

    /**
     * A file as the kernel numbers it.
     *
     * @param device of {@code stat}
     * @param inode of {@code stat}
     */
    private record FileId(long device, long inode) {
        static FileId of(Path file) throws IOException {
            return new FileId(
                    ((Number) Files.getAttribute(file, "unix:dev")).longValue(),
                    ((Number) Files.getAttribute(file, "unix:ino")).longValue());
        }

        /** The device of a layered file system may be numbered differently there: then the process's open files decide. */
        boolean isThatOf(String majorMinorInode, String pid, Path file) {
            String[] parts = majorMinorInode.split(":", -1);
            if (parts.length != 3 || Long.parseLong(parts[2]) != inode) {
                return false;
            }
            return (Long.parseLong(parts[0], 16) == major() && Long.parseLong(parts[1], 16) == minor())
                    || hasOpen(pid, file);
        }

        private long major() {
            return ((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL);
        }

        private long minor() {
            return (device & 0xff) | ((device >>> 12) & ~0xffL);
        }

        private static boolean hasOpen(String pid, Path file) {
            try (Stream<Path> open = Files.list(Path.of("/proc", pid, "fd"))) {
                return open.anyMatch(link -> leadsTo(link, file));
            } catch (IOException gone) {
                return false;
            }
        }

        private static boolean leadsTo(Path link, Path file) {
            try {
                return Files.readSymbolicLink(link).equals(file);
            } catch (IOException closed) {
                return false;
            }
        }
    }
}
