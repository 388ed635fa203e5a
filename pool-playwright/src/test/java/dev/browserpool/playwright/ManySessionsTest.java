package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
@ExtendWith(NothingLeft.class)
class ManySessionsTest {
    private static final int SLOTS = 3;
    private static final int SESSIONS = 30;

    @Test
    void thirtySessionsOverThreeSlotsNeverShowMoreThanThreeBrowsers(@TempDir Path directory) throws Exception {
        try (TestSite site = new TestSite();
                BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(SLOTS))) {
            BrowserSessions browsers =
                    BrowserSessions.builder(pool).profiles(directory).build();
            AtomicInteger arrived = new AtomicInteger();
            AtomicInteger together = new AtomicInteger();
            CyclicBarrier allSlots = new CyclicBarrier(
                    SLOTS, () -> together.set(Machine.browsers().size()));
            Sampler sampler = new Sampler();
            List<Worker<String>> workers = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                SlotRequest request = i % 2 == 0
                        ? Requests.ephemeral("session-" + i)
                        : Requests.onProfile("session-" + i, "profile-" + i % 5);
                workers.add(Workers.start(
                        "worker-" + i,
                        () -> browsers.call(request, session -> {
                            session.page().navigate(site.url("/hello"));
                            if (arrived.incrementAndGet() <= SLOTS) {
                                allSlots.await(1, TimeUnit.MINUTES);
                            }
                            return session.page().title();
                        })));
            }
            for (Worker<String> worker : workers) {
                assertThat(worker.result()).isEqualTo("hello");
            }

            int samples = sampler.stop();
            assertThat(together).hasValue(SLOTS);
            assertThat(sampler.most()).hasSizeLessThanOrEqualTo(SLOTS);
            assertThat(samples).isGreaterThan(SESSIONS);
            assertThat(pool.status().counts().granted()).isEqualTo(SESSIONS);
        }
    }
}
