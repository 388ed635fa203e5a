package dev.browserpool.examples.dashboard;

import com.microsoft.playwright.Page;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSession;
import dev.browserpool.playwright.BrowserSessions;
import dev.browserpool.playwright.ReusePolicy;
import java.nio.file.Path;

/** Those who look at dashboards, one at a time and each as if for the first time, with one browser for all of a class's tests. */
final class Onlookers implements AutoCloseable {
    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
    private final BrowserSessions browsers;

    Onlookers(Path directory) {
        browsers = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .reuse(ReusePolicy.warm())
                .build();
    }

    /** One that holds a slot of the pool that it looks at, as the request "viewer". */
    record Onlooker(BrowserSession session, SlotLease lease) implements AutoCloseable {
        Page page() {
            return session.page();
        }

        void complete() {
            session.complete();
        }

        @Override
        public void close() {
            session.close();
            lease.close();
        }
    }

    Onlooker at(BrowserPool shown) throws InterruptedException {
        SlotLease lease = shown.acquire(SlotRequest.builder("viewer", OperationType.TEST_RUN)
                .description("looks at the dashboard")
                .build());
        return new Onlooker(browsers.open(SlotRequest.of(OperationType.TEST_RUN)), lease);
    }

    @Override
    public void close() {
        browsers.close();
        pool.close();
    }
}
