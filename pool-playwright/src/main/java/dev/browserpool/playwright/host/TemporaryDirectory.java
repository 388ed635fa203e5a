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
        return createIn(tooLong && Files.isWritable(SHORT) ? SHORT : base);
    }

    private static Path createIn(Path base) throws IOException {
        while (true) {
            try {
                Path made = Files.createDirectory(base.resolve(name()), Directories.ownerOnly(base));
                TemporaryOwner.sign(made);
                return made;
            } catch (FileAlreadyExistsException taken) {
                // Somebody has that name; the next one is another.
            }
        }
    }

    private static String name() {
        return FileNames.unique("browser-pool-" + ProcessHandle.current().pid());
    }
}
