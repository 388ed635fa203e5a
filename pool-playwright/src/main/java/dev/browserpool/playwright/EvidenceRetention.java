package dev.browserpool.playwright;

import dev.browserpool.playwright.host.Directories;
import dev.browserpool.playwright.host.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the oldest evidence when there is too much, on a thread of its own. Other JVMs may do the same at the same time. */
final class EvidenceRetention {
    static final String UNFINISHED = ".unfinished-";
    /** As {@link FileEvidenceStore} calls them: whatever else lies there is not for us to delete. */
    private static final Pattern OURS =
            Pattern.compile("(?:" + Pattern.quote(UNFINISHED) + ")?\\d{8}-\\d{6}-.+-\\d{1,19}");

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceRetention.class);
    /** Longer than any session takes to save it: whoever began it has died. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path root;
    private final FileEvidenceStore.Caps caps;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();

    EvidenceRetention(Path root, FileEvidenceStore.Caps caps) {
        this.root = root;
        this.caps = caps;
    }

    /**
     * One session's evidence.
     *
     * @param directory where
     * @param savedAt when
     * @param bytes of all its files
     */
    private record Saved(Path directory, Instant savedAt, long bytes) {}

    /** Returns at once. */
    void start() {
        again.set(true);
        startIfAsked();
    }

    private void startIfAsked() {
        if (again.get() && running.compareAndSet(false, true)) {
            try {
                Threads.daemon("evidence-retention", this::run).start();
            } catch (Error noThread) {
                running.set(false);
                throw noThread;
            }
        }
    }

    private void run() {
        while (again.getAndSet(false)) {
            try {
                enforce();
            } catch (IOException | RuntimeException | Error e) {
                LOG.warn("old evidence in {} could not be deleted", root, e);
            }
        }
        running.set(false);
        startIfAsked(); // in between
    }

    private void enforce() throws IOException {
        List<Saved> all = list();
        all.sort(Comparator.comparing(Saved::savedAt).reversed());
        long bytes = 0;
        int kept = 0;
        Instant oldest = Instant.now().minus(caps.age());
        for (Saved saved : all) {
            bytes += saved.bytes();
            boolean tooMuch = kept > 0 && (kept >= caps.count() || bytes > caps.bytes());
            if (tooMuch || saved.savedAt().isBefore(oldest)) {
                delete(saved.directory());
            } else {
                kept++;
            }
        }
    }

    /** One that can't be deleted keeps none of the others. */
    private void delete(Path directory) {
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            LOG.warn("old evidence could not be deleted; delete {} by hand", directory, e);
        }
    }

    private List<Saved> list() throws IOException {
        List<Saved> all = new ArrayList<>();
        for (Path group : directories(root)) {
            for (Path directory : ours(group)) {
                Saved saved = new Saved(directory, modified(directory), size(directory));
                if (!directory.getFileName().toString().startsWith(UNFINISHED)) {
                    all.add(saved);
                } else if (saved.savedAt().isBefore(Instant.now().minus(ABANDONED))) {
                    delete(directory);
                }
            }
        }
        return all;
    }

    private static List<Path> ours(Path group) throws IOException {
        return directories(group).stream()
                .filter(path -> OURS.matcher(path.getFileName().toString()).matches())
                .toList();
    }

    private static List<Path> directories(Path above) throws IOException {
        try (Stream<Path> entries = Files.list(above)) {
            return entries.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private static Instant modified(Path directory) {
        try {
            return Files.getLastModifiedTime(directory).toInstant();
        } catch (IOException deletedByOthers) {
            return Instant.EPOCH;
        }
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(EvidenceRetention::bytes)
                    .sum();
        } catch (NoSuchFileException | UncheckedIOException deletedByOthers) {
            return 0;
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException deletedByOthers) {
            return 0;
        }
    }
}
