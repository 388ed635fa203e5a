package dev.browserpool.playwright;

import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.impl.driver.jar.DriverJar;
import dev.browserpool.playwright.host.Directories;
import dev.browserpool.playwright.host.FileNames;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Playwright's driver, unpacked once per user and version instead of once per JVM: that takes more than a second and leaves
 * 134 MB behind after each {@code kill -9}.
 */
final class DriverCache {
    private static final Logger LOG = LoggerFactory.getLogger(DriverCache.class);
    /** Where Playwright looks for a driver that is unpacked already. */
    static final String DIRECTORY_PROPERTY = "playwright.cli.dir";

    private DriverCache() {}

    /** Points Playwright to the cached driver, unless the user has a choice of his own. Called by one thread at a time. */
    static void use() {
        boolean chosen = System.getProperty(DIRECTORY_PROPERTY) != null
                || System.getProperty("playwright.nodejs.path") != null
                || System.getProperty("playwright.driver.impl") != null
                || System.getenv("PLAYWRIGHT_DRIVER_DIR") != null
                || System.getenv("PLAYWRIGHT_NODEJS_PATH") != null;
        if (!chosen) {
            version()
                    .flatMap(DriverCache::unpacked)
                    .ifPresent(directory -> System.setProperty(DIRECTORY_PROPERTY, directory.toString()));
        }
    }

    private static Optional<String> version() {
        return Optional.ofNullable(Playwright.class.getPackage().getImplementationVersion());
    }

    private static Optional<Path> unpacked(String version) {
        Path cache = cacheHome().resolve("browser-pool");
        String name = FileNames.of(
                "driver-" + version + "-" + System.getProperty("os.name") + "-" + System.getProperty("os.arch"));
        try {
            return Optional.of(unpack(cache, name));
        } catch (IOException | URISyntaxException | LinkageError | RuntimeException e) {
            // Playwright then unpacks by itself, as it always did.
            LOG.warn("Playwright's driver can't be kept in {}, each JVM will unpack its own: {}", cache, e.toString());
            return Optional.empty();
        }
    }

    /** Under another name first: a directory of the right name is complete, whoever was killed when. */
    static Path unpack(Path cache, String name) throws IOException, URISyntaxException {
        Path directory = cache.toAbsolutePath().resolve(name);
        if (Files.isDirectory(directory)) {
            return directory;
        }
        Path unfinished = Files.createTempDirectory(Directories.create(cache.toAbsolutePath()), "unpacking-");
        try {
            DriverJar.installDriverTo(unfinished);
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another JVM was faster; its driver is as good.
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        } finally {
            if (Files.exists(unfinished)) {
                Directories.delete(unfinished);
            }
        }
        return directory;
    }

    private static Path cacheHome() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
    }
}
