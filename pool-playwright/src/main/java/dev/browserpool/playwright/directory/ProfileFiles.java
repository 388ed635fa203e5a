package dev.browserpool.playwright.directory;

import dev.browserpool.playwright.host.Directories;
import dev.browserpool.playwright.host.Interrupts;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files of a profile that are its state. Left out are the locks of whoever is on it, what this library notes there, and what a
 * browser makes anew: caches and reports of crashes. What is kept for pages, as in {@code Service Worker} and {@code IndexedDB}, is
 * state, also where it is called a cache.
 */
public final class ProfileFiles {
    /** Everything of this library's in a profile's directory begins with this. */
    public static final String OURS = ".browser-pool.";

    private static final Set<String> MADE_ANEW = Set.of(
            "BrowserMetrics",
            "BrowserMetrics-spare.pma",
            "Crash Reports",
            "Crashpad",
            "DeferredBrowserMetrics",
            "DevToolsActivePort",
            "GrShaderCache",
            "GraphiteDawnCache",
            "ShaderCache",
            "component_crx_cache",
            "extensions_crx_cache",
            "lockfile");
    /** In the directories below, of which {@code Default} is one. Deeper down the name may be an extension's own. */
    private static final Set<String> CACHES =
            Set.of("Cache", "Code Cache", "DawnCache", "DawnGraphiteCache", "DawnWebGPUCache", "GPUCache");

    private static final String LEVELDB_LOCK = "LOCK";

    private ProfileFiles() {}

    /** Relative to the directory, sorted. Only regular files: the only links in a profile are locks. */
    public static List<Path> of(Path directory) throws IOException {
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                Path relative = directory.relativize(visited);
                return visited.equals(directory) || isState(relative)
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
                Path relative = directory.relativize(visited);
                if (attributes.isRegularFile() && isState(relative)) {
                    all.add(relative);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        all.sort(null);
        return all;
    }

    private static boolean isState(Path relative) {
        String name = relative.getFileName().toString();
        return switch (relative.getNameCount()) {
            case 1 ->
                !MADE_ANEW.contains(name)
                        && !name.startsWith("Singleton")
                        && (!name.startsWith(OURS) || name.equals(BrowserVersion.FILE));
            case 2 -> !CACHES.contains(name);
            default -> !name.equals(LEVELDB_LOCK);
        };
    }

    /** Copies the state into an empty directory. An interrupt ends it between two files; the flag stays. */
    public static void copy(Path directory, Path empty) throws IOException {
        for (Path file : of(directory)) {
            Interrupts.check();
            makeAbove(file, empty);
            Files.copy(directory.resolve(file), empty.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Below what is there: if that is deleted meanwhile, it is not made again. */
    private static void makeAbove(Path file, Path root) throws IOException {
        Path parent = file.getParent();
        if (parent != null && !Files.isDirectory(root.resolve(parent))) {
            makeAbove(parent, root);
            Files.createDirectory(root.resolve(parent), Directories.ownerOnly(root));
        }
    }
}
