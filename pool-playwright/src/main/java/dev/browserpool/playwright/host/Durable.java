package dev.browserpool.playwright.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** What is on the disk when it returns, whatever becomes of this machine. */
public final class Durable {
    private Durable() {}

    /** What is in a file. */
    public static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** The names in a directory. Where a directory can't be opened (Windows), they are safe without it. */
    public static void forceNames(Path directory) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(directory, StandardOpenOption.READ);
        } catch (IOException notHere) {
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }

    /** Renames, at once and for good, over whatever was there. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceNames(above(to));
    }

    /** The directory of a file, which is none of the roots. */
    public static Path above(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), file::toString);
    }
}
