package dev.browserpool.playwright.directory;

import dev.browserpool.playwright.host.Directories;
import dev.browserpool.playwright.host.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts another state into a profile's directory, which stays the same directory, since its guard is held. Before one rename the old
 * state is there, after it the new one, also if this JVM dies in between: whoever comes next finishes what was begun.
 *
 * @param directory of the profile; the caller has its guard
 * @param steps hears of each step before it is taken; for tests that fail there
 */
public record ProfileReplacement(Path directory, Runnable steps) {
    private static final String UNFINISHED = ProfileFiles.OURS + "incoming";
    private static final String COMPLETE = ProfileFiles.OURS + "replacing";
    private static final String MOVING = ProfileFiles.OURS + "moving";

    public ProfileReplacement(Path directory) {
        this(directory, () -> {});
    }

    /** Writes a state into an empty directory. */
    @FunctionalInterface
    public interface Writer {
        /** Writes it; a failure leaves the old state as it was. */
        void write(Path empty) throws IOException;
    }

    /** Replaces the state by what this writes. */
    public void by(Writer state) throws IOException {
        finish();
        Path unfinished = directory.resolve(UNFINISHED);
        steps.run();
        Files.createDirectory(unfinished, Directories.ownerOnly(directory));
        steps.run();
        state.write(unfinished);
        force(unfinished);
        steps.run();
        Durable.move(unfinished, directory.resolve(COMPLETE));
        finish();
    }

    /** Does nothing if nothing was begun. */
    public void finish() throws IOException {
        Path unfinished = directory.resolve(UNFINISHED);
        Path complete = directory.resolve(COMPLETE);
        Path moving = directory.resolve(MOVING);
        if (Files.exists(unfinished)) {
            Directories.delete(unfinished);
        }
        if (Files.exists(complete)) {
            deleteOld();
            steps.run();
            Durable.move(complete, moving);
        }
        if (Files.exists(moving)) {
            moveUp(moving);
        }
    }

    /** From here on there is no way back, so each of it may be done again. */
    private void deleteOld() throws IOException {
        for (Path old : entries(directory)) {
            String name = old.getFileName().toString();
            if (!name.startsWith(ProfileFiles.OURS) || name.equals(BrowserVersion.FILE)) {
                steps.run();
                Directories.delete(old);
            }
        }
    }

    private void moveUp(Path moving) throws IOException {
        for (Path entry : entries(moving)) {
            steps.run();
            Files.move(entry, directory.resolve(entry.getFileName()));
        }
        Durable.forceNames(directory);
        steps.run();
        Directories.delete(moving);
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.sorted().toList();
        }
    }

    private static void force(Path tree) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(tree)) {
            all = walk.toList();
        }
        for (Path path : all) {
            if (Files.isDirectory(path)) {
                Durable.forceNames(path);
            } else {
                Durable.force(path);
            }
        }
    }
}
