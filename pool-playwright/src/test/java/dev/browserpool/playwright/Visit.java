package dev.browserpool.playwright;

import dev.browserpool.BrowserPool;
import dev.browserpool.SlotRequest;
import dev.browserpool.playwright.host.SessionProcesses;
import dev.browserpool.spi.SessionLease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A session on a profile without a browser, for what becomes of its directory: the real way in, the real way out, and one file in between
 * that stands for what a browser writes.
 *
 * @param pool whose profile
 * @param options where it is
 */
record Visit(BrowserPool pool, ProfileOptions options) {
    private static final String FILE = "Default/Mark";

    /** Reads the mark of the visit before, empty if there is none, and leaves its own unless that is empty. */
    String leave(SlotRequest request, String mark) throws Exception {
        return leave(request, mark, false);
    }

    String leave(SlotRequest request, String mark, boolean failed) throws Exception {
        Footprint footprint = new Footprint(request.requestId(), new SessionProcesses("no-such-browser"));
        try (SessionLease lease = SessionLease.of(pool.acquire(request))) {
            try {
                Path directory = new ProfileEntry(
                                request.profile().orElseThrow(), options, ProfileInspector.standard(), Optional.empty())
                        .enter(lease, footprint, step -> {});
                footprint.launching();
                String found = mark(directory);
                if (!mark.isEmpty()) {
                    Files.createDirectories(directory.resolve("Default"));
                    Files.writeString(directory.resolve(FILE), mark);
                }
                footprint.rest().endsAs(() -> new Rest.Run(failed, false));
                lease.complete();
                return found;
            } finally {
                footprint.settle(Duration.ZERO);
                footprint.rest().await(() -> false).problem().ifPresent(lease::unclean);
            }
        }
    }

    private static String mark(Path directory) throws IOException {
        try {
            return Files.readString(directory.resolve(FILE));
        } catch (NoSuchFileException none) {
            return "";
        }
    }
}
