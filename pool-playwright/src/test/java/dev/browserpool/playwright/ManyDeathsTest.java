package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLostException;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many sessions, with and without profiles, of which some die at random. With {@code -Dbrowserpool.deaths=1000} as many as that; see
 * {@code scripts/many-deaths}.
 */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class ManyDeathsTest {
    private static final int SLOTS = 3;
    private static final int SESSIONS = Integer.getInteger("browserpool.deaths", 15);
    private static final long SEED = Long.getLong("browserpool.seed", 20L);
    private static final List<Death> WAYS = List.of(Death.values());
    private static final Duration LASTING = Duration.ofSeconds(6);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration STOP_GRACE = Duration.ofSeconds(14);
    private static final Duration POLL = Duration.ofMillis(200);

    @TempDir
    Path directory;

    private final Map<String, AtomicInteger> told = new ConcurrentHashMap<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    private final Semaphore atOnce = new Semaphore(3 * SLOTS);

    @Test
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void leaveNothingAndNeverExceedTheLimit() throws Exception {
        long start = System.nanoTime();
        try (TestSite site = new TestSite();
                BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.builder()
                        .maxBrowsers(SLOTS)
                        .stopGrace(STOP_GRACE)
                        .pollInterval(POLL)
                        .build())) {
            BrowserSessions browsers = BrowserSessions.builder(pool)
                    .profiles(directory.resolve("profiles"))
                    .evidence(directory.resolve("evidence"))
                    .evidenceBudget(Duration.ofSeconds(4))
                    .closeBudget(Duration.ofSeconds(3))
                    .exitBudget(Duration.ofSeconds(3))
                    .onClosed(reports::add)
                    .build();
            Sampler sampler = new Sampler();

            runAll(pool, browsers, site);

            int samples = sampler.stop();
            assertThat(wrong).isEmpty();
            assertThat(sampler.most()).hasSizeLessThanOrEqualTo(SLOTS);
            assertThat(samples).isGreaterThan(SESSIONS);
            assertThat(pool.status().running()).isEmpty();
            // Whoever's time was over while the browser opened had no session, so there is no report of it.
            assertThat(reports)
                    .filteredOn(report -> report.outcome() == SlotState.COMPLETED)
                    .hasSize(told.get("none -> completed").get());
            assertThat(reports)
                    .allMatch(report ->
                            report.evidence().isPresent() == report.cause().isPresent());
            assertThat(Machine.leftProcesses()).isEmpty();
            report(sampler.most().size(), samples, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private void runAll(BrowserPool pool, BrowserSessions browsers, TestSite site) throws Exception {
        Random random = new Random(SEED);
        List<Worker<Boolean>> workers = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            String id = "many-" + i;
            Optional<String> profile =
                    random.nextBoolean() ? Optional.of("profile-" + random.nextInt(6)) : Optional.empty();
            Optional<Death> death =
                    random.nextInt(100) < 40 ? Optional.of(WAYS.get(random.nextInt(WAYS.size()))) : Optional.empty();
            atOnce.acquire();
            workers.add(Workers.start("worker-" + i, () -> {
                try {
                    return run(pool, browsers, site, request(id, profile, death), death);
                } finally {
                    atOnce.release();
                }
            }));
        }
        for (Worker<Boolean> worker : workers) {
            assertThat(worker.result()).isTrue();
        }
    }

    private static SlotRequest request(String id, Optional<String> profile, Optional<Death> death) {
        SlotRequest.Builder request = SlotRequest.builder(id, OperationType.TEST_RUN);
        profile.ifPresent(name -> request.profile(ProfileClaim.exclusive(name)));
        death.ifPresent(some -> request.maxDuration(lasting(some)));
        return request.build();
    }

    /** Who is told of his death by itself needs no end of his lease, which could come before on a busy machine. */
    private static Duration lasting(Death death) {
        return death.cause().isEmpty() ? LASTING : LONG;
    }

    private boolean run(
            BrowserPool pool, BrowserSessions browsers, TestSite site, SlotRequest request, Optional<Death> death) {
        String end = death.map(Death::name).orElse("none") + " -> ";
        try {
            browsers.call(request, session -> {
                Page page = Death.pageOf(session, site);
                if (death.isPresent()) {
                    death.get().happenTo(page, Death.Family.of(request.requestId()), site);
                }
                return page.title();
            });
            end += "completed";
        } catch (LeaseLostException | BrowserDiedException expected) {
            end += expected.getClass().getSimpleName();
        } catch (Exception e) {
            end += e;
            wrong.add(request.requestId() + ": " + end);
        }
        boolean survived = end.endsWith("completed");
        if (survived == death.isPresent()) {
            wrong.add(request.requestId() + ": " + end);
        }
        Duration held = pool.slot(request.requestId()).orElseThrow().times().ran();
        if (death.isPresent()
                && held.compareTo(lasting(death.get()).plus(STOP_GRACE).plus(POLL)) > 0) {
            wrong.add(request.requestId() + " held its slot for " + held);
        }
        told.computeIfAbsent(end, key -> new AtomicInteger()).incrementAndGet();
        return true;
    }

    private void report(int most, int samples, Duration took) throws IOException {
        StringBuilder text = new StringBuilder("# Sessions with random deaths\n\n");
        text.append("%d sessions, %d slots, seed %d, %d s%n%n".formatted(SESSIONS, SLOTS, SEED, took.toSeconds()));
        text.append("Most browsers at one moment: %d, in %d looks at the process table. Left: nothing.%n%n"
                .formatted(most, samples));
        text.append("| death -> what the caller was told | times |\n|---|---|\n");
        new TreeMap<>(told).forEach((end, times) -> text.append("| " + end + " | " + times + " |\n"));
        Path target = Files.createDirectories(Path.of("target"));
        Files.writeString(target.resolve("many-deaths.md"), text);
    }
}
