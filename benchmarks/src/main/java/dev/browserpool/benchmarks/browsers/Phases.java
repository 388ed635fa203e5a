package dev.browserpool.benchmarks.browsers;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.benchmarks.report.Figures;
import dev.browserpool.benchmarks.report.Table;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSession;
import dev.browserpool.playwright.BrowserSessions;
import dev.browserpool.playwright.ReusePolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Where the time of one job goes, by hand and in a session, in a warm browser that nobody else uses. */
final class Phases {
    private static final String BY_HAND = "by hand, ms: ";
    private static final String SESSION = "in a session, ms: ";
    private static final List<String> PARTS = List.of(
            BY_HAND + "newContext",
            BY_HAND + "newPage",
            BY_HAND + "navigate",
            BY_HAND + "read a text",
            BY_HAND + "close the context",
            BY_HAND + "a round trip to the driver and the page",
            SESSION + "open, with its context",
            SESSION + "page",
            SESSION + "navigate",
            SESSION + "read a text",
            SESSION + "close");

    private final Figures samples = new Figures();

    private Phases() {}

    /** Adds the medians of a round. */
    static void measure(Figures round, int count, Path executable, String url) throws InterruptedException {
        Phases phases = new Phases();
        try (WarmPair pair = WarmPair.start(executable)) {
            for (int i = 0; i <= count; i++) {
                phases.byHand(pair, url);
                phases.forgetFirst(i);
            }
        }
        for (String part : PARTS.subList(0, 6)) {
            round.add(part, phases.samples.spread(part).median());
        }
        phases.samples.forget();
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
                BrowserSessions sessions = BrowserSessions.builder(pool)
                        .executable(executable)
                        .reuse(ReusePolicy.warm().withPrepared(false))
                        .build()) {
            for (int i = 0; i <= count; i++) {
                phases.inSession(sessions, url);
                phases.forgetFirst(i);
            }
        }
        for (String part : PARTS.subList(6, PARTS.size())) {
            round.add(part, phases.samples.spread(part).median());
        }
    }

    private void forgetFirst(int number) {
        if (number == 0) {
            samples.forget();
        }
    }

    private void byHand(WarmPair pair, String url) {
        BrowserContext context =
                time(BY_HAND + "newContext", () -> pair.browser().newContext());
        Page page = time(BY_HAND + "newPage", context::newPage);
        time(BY_HAND + "navigate", () -> page.navigate(url));
        time(BY_HAND + "read a text", () -> page.textContent("#text"));
        time(BY_HAND + "a round trip to the driver and the page", () -> page.evaluate("1"));
        time(BY_HAND + "close the context", () -> {
            context.close();
            return context;
        });
    }

    private void inSession(BrowserSessions sessions, String url) throws InterruptedException {
        long start = System.nanoTime();
        BrowserSession session = sessions.open(SlotRequest.of(OperationType.TEST_RUN));
        samples.add(SESSION + "open, with its context", millisSince(start));
        Page page = time(SESSION + "page", session::page);
        time(SESSION + "navigate", () -> page.navigate(url));
        time(SESSION + "read a text", () -> page.textContent("#text"));
        time(SESSION + "close", () -> {
            session.close();
            return session;
        });
    }

    private <T> T time(String part, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        samples.add(part, millisSince(start));
        return result;
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    static Table table(Figures figures) {
        List<List<String>> rows = new ArrayList<>();
        PARTS.forEach(part -> rows.add(List.of(part, figures.spread(part).toString())));
        return new Table(List.of("one job, step by step", "ms"), rows);
    }
}
