package dev.browserpool.playwright.junit;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSessionsBuilder;
import dev.browserpool.playwright.SessionReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Browsers of the tests that are run inside tests: two slots, and a record of what became of the sessions. */
final class OwnBrowsers implements TestBrowsers {
    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(2));
    private final Path directory;
    final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    /** How many slots were held at once, as far as was seen whenever a test asked for one and gave one back. */
    final AtomicInteger mostAtOnce = new AtomicInteger();

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
                .onClosed(report -> {
                    reports.add(report);
                    look();
                });
    }

    @Override
    public void request(SlotRequest.Builder request) {
        request.label("suite", "inner");
        look();
    }

    @Override
    public void close() {
        pool.close();
        closed = true;
    }

    private void look() {
        mostAtOnce.accumulateAndGet(pool.status().load().used(), Math::max);
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
