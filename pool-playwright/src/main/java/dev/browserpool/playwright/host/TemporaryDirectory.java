package dev.browserpool.playwright.host;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory for what a browser and its driver put aside. Its name says which JVM made it. */
public final class TemporaryDirectory {
    private static final Path SHORT = Path.of("/tmp");
    /** 107 for a socket's path, less {@code /org.chromium.Chromium.XXXXXX/SingletonSocket}: Chromium dies on a longer one. */
    private static final int LONGEST = 107 - 45;

    private TemporaryDirectory() {}

    /** A new one, for its owner only, as a rule in {@code java.io.tmpdir}. */
    public static Path create() throws IOException {
        Path base = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        boolean tooLong = base.toString().length() + 1 + name().length() > LONGEST;
        return createIn(tooLong && Files.isWritable(SHORT) ? SHORT : base, TemporaryOwner::sign);
    }

    /** Writes into a directory whose it is. */
    @FunctionalInterface
    interface Signature {
        void write(Path directory) throws IOException;
    }

    static Path createIn(Path base, Signature owner) throws IOException {
        while (true) {
            try {
                Path made = Files.createDirectory(base.resolve(name()), Directories.ownerOnly(base));
                sign(made, owner);
                return made;
            } catch (FileAlreadyExistsException taken) {
                // Somebody has that name; the next one is another.
            }
        }
    }

    /** On a full disk a directory can be made, and nothing written: nobody would ever know whose it is. */
    private static void sign(Path made, Signature owner) throws IOException {
        try {
            owner.write(made);
        } catch (IOException | RuntimeException | Error e) {
            Directories.delete(made);
            throw e;
        }
    }

    private static String name() {
        return FileNames.unique("browser-pool-" + ProcessHandle.current().pid());
    }
}
