package dev.browserpool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets nobody in while the disk of a directory is nearly full: a browser that can't write breaks its profile. One for the profiles'
 * directory, one for the evidence's. Reads the free space at each request, which costs microseconds on a local disk. If that fails
 * it lets requests in, and says so once.
 */
public final class DiskSpaceGate implements AdmissionGate {
    private static final Logger log = LoggerFactory.getLogger(DiskSpaceGate.class);
    private static final long MEGABYTE = 1_000_000;

    private final Path directory;
    private final long leastBytes;
    private final Space space;
    private final AtomicBoolean complained = new AtomicBoolean();

    /** How many bytes this process may still write below a directory that exists. */
    interface Space {
        long usable(Path directory) throws IOException;
    }

    DiskSpaceGate(Path directory, long leastBytes, Space space) {
        this.directory = directory.toAbsolutePath().normalize();
        this.leastBytes = leastBytes;
        this.space = space;
    }

    /**
     * A gate for the disk on which a directory is, or will be.
     *
     * @param directory need not exist yet
     * @param leastBytes what must be free; at least 1
     */
    public static DiskSpaceGate of(Path directory, long leastBytes) {
        if (leastBytes < 1) {
            throw new IllegalArgumentException(
                    "leastBytes is " + leastBytes + ", it must be at least 1; leave the gate out for no limit");
        }
        return new DiskSpaceGate(
                directory, leastBytes, path -> Files.getFileStore(path).getUsableSpace());
    }

    @Override
    public Optional<Objection> objection(SlotRequest request) {
        try {
            long free = space.usable(existing());
            complained.set(false);
            return free >= leastBytes ? Optional.empty() : Optional.of(tooLittle(free));
        } catch (IOException | RuntimeException e) {
            if (complained.compareAndSet(false, true)) {
                log.warn("the free space of {} can't be read, so requests pass without that check", directory, e);
            }
            return Optional.empty();
        }
    }

    private Objection tooLittle(long free) {
        return new Objection(
                "the disk of " + directory + " has " + free / MEGABYTE + " MB left",
                "at least " + leastBytes / MEGABYTE + " MB",
                "free some space, or lower the caps on evidence and snapshots",
                true);
    }

    private Path existing() throws IOException {
        for (Path path = directory; path != null; path = path.getParent()) {
            if (Files.exists(path)) {
                return path;
            }
        }
        throw new IOException("neither " + directory + " nor anything above it exists");
    }
}
