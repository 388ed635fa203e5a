package dev.browserpool.playwright.junit;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSessionsBuilder;
import dev.browserpool.playwright.SessionReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Browsers of the tests that are run inside tests: two slots, and a record of what became of the sessions. */
final class OwnBrowsers implements TestBrowsers {
    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(2));
    private final Path directory;
    final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    volatile List<BrowserSlot> history = List.of();
    volatile boolean closed;

    OwnBrowsers(Path directory) {
        this.directory = directory;
    }

    @Override
    public BrowserPool pool() {
        return pool;
    }

    @Override
    public void sessions(BrowserSessionsBuilder builder) {
        builder.profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"))
                .onClosed(reports::add);
    }

    @Override
    public void request(SlotRequest.Builder request) {
        request.label("suite", "inner");
    }

    @Override
    public void close() {
        history = pool.recent(100);
        pool.close();
        closed = true;
    }

    /** How many slots were held at once, as the pool's own history says. */
    long mostAtOnce() {
        return history.stream()
                .map(slot -> slot.grant().orElseThrow().grantedAt())
                .mapToLong(
                        at -> history.stream().filter(slot -> holdsAt(slot, at)).count())
                .max()
                .orElse(0);
    }

    /** A hand-over is one moment, of which each side tells a time of its own: they are microseconds apart. */
    private static boolean holdsAt(BrowserSlot slot, Instant at) {
        return !slot.grant().orElseThrow().grantedAt().isAfter(at)
                && slot.ending().orElseThrow().endedAt().isAfter(at.plusMillis(5));
    }

    /** Of the one session whose request is named like that. */
    SessionReport of(String name) {
        List<SessionReport> found = reports.stream()
                .filter(report -> report.request().requestId().startsWith(name + "-"))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " sessions of " + name + " among " + reports);
        }
        return found.get(0);
    }
}
