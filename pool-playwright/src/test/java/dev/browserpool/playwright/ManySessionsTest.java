package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
@ExtendWith(NothingLeft.class)
class ManySessionsTest {
    private static final int SLOTS = 3;
    private static final int SESSIONS = 30;

    /** What a sampler saw: the most browsers at one moment. */
    private record Seen(List<String> most, int samples) {}

    @Test
    void thirtySessionsOverThreeSlotsNeverShowMoreThanThreeBrowsers(@TempDir Path directory) throws Exception {
        try (TestSite site = new TestSite();
                BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(SLOTS))) {
            BrowserSessions browsers =
                    BrowserSessions.builder(pool).profiles(directory).build();
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger arrived = new AtomicInteger();
            AtomicInteger together = new AtomicInteger();
            CyclicBarrier allSlots = new CyclicBarrier(
                    SLOTS, () -> together.set(Machine.browsers().size()));
            Worker<Seen> sampler = Workers.start("sampler", () -> sample(over));
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
            over.set(true);

            Seen seen = sampler.result();
            assertThat(together).hasValue(SLOTS);
            assertThat(seen.most()).hasSizeLessThanOrEqualTo(SLOTS);
            assertThat(seen.samples()).isGreaterThan(SESSIONS);
            assertThat(pool.status().counts().granted()).isEqualTo(SESSIONS);
        }
    }

    private static Seen sample(AtomicBoolean over) {
        AtomicInteger samples = new AtomicInteger();
        AtomicReference<List<String>> most = new AtomicReference<>(List.of());
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(25))
                .until(() -> {
                    List<ProcessHandle> browsers = Machine.browsers();
                    if (browsers.size() > most.get().size()) {
                        most.set(browsers.stream().map(Machine::describe).toList());
                    }
                    samples.incrementAndGet();
                    return over.get();
                });
        return new Seen(most.get(), samples.get());
    }
}
