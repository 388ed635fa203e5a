package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.redis.servers.Binary;
import dev.browserpool.redis.servers.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** How much a pool asks of its server, counted by the server. */
class TrafficTest {
    private static final int PAIRS = 100;
    private static final Duration NEVER = Duration.ofHours(1);

    private final ServerProcess server = ServerProcess.start(Binary.BUNDLED);
    private final RedisClient redis = server.client();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        redis.close();
        server.close();
    }

    @Test
    void anAcquireAndAReleaseAreTwoRoundTrips() throws Exception {
        try (BrowserPool pool = withoutSignsOfLife()) {
            pairs(pool, 1);
            awaitCalm();
            long before = scripts();

            pairs(pool, PAIRS);

            assertThat(scripts() - before).isEqualTo(2 * PAIRS);
        }
    }

    @Test
    void theyAreTwoRoundTripsAlsoForThoseWhoWaitForEachOther() throws Exception {
        try (BrowserPool one = withoutSignsOfLife();
                BrowserPool other = withoutSignsOfLife()) {
            pairs(one, 1);
            pairs(other, 1);
            awaitCalm();
            long before = scripts();

            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                work.add(() -> pairs(one, PAIRS));
                work.add(() -> pairs(other, PAIRS));
            }
            for (Future<Integer> done : threads.invokeAll(work)) {
                done.get();
            }

            assertThat(one.status().waitTimes().max()).isPositive();
            assertThat(scripts() - before - 1).isEqualTo(2 * PAIRS * work.size()); // but for the status
        }
    }

    @Test
    void whateverElseIsAskedIsOneRoundTrip() throws Exception {
        try (BrowserPool pool = withoutSignsOfLife();
                SlotLease held = pool.acquire(SlotRequest.of("holder", OperationType.TEST_RUN))) {
            assertThat(roundTrips(pool::status)).isEqualTo(1);
            assertThat(roundTrips(() -> pool.slot("holder"))).isEqualTo(1);
            assertThat(roundTrips(() -> pool.operations().line(0, 100))).isEqualTo(1);
            assertThat(roundTrips(() -> pool.recent(100))).isEqualTo(1);
            assertThat(roundTrips(() -> pool.tryAcquire(SlotRequest.of(OperationType.TEST_RUN))))
                    .isEqualTo(1);
            pool.acquireAsync(SlotRequest.of("waiter", OperationType.TEST_RUN));
            await().until(() -> pool.status().load().waiting() == 1);
            assertThat(roundTrips(() -> pool.cancel("waiter"))).isEqualTo(1);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private long roundTrips(Work work) throws Exception {
        long before = scripts();
        work.run();
        return scripts() - before;
    }

    @Test
    void aHundredIdleWaitersAskLessThanFiveTimesASecond() throws Exception {
        int seconds = 5;
        try (BrowserPool pool = RedisBrowserPool.connect(server.url(), config(Duration.ofSeconds(1)));
                SlotLease held = pool.acquire(SlotRequest.of(OperationType.TEST_RUN))) {
            List<CompletableFuture<SlotLease>> waiting = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                waiting.add(pool.acquireAsync(SlotRequest.of(OperationType.TEST_RUN)));
            }
            await().until(() -> pool.status().load().waiting() == waiting.size());
            long before = reads();

            assertThatThrownBy(() -> waiting.get(0).get(seconds, TimeUnit.SECONDS))
                    .isInstanceOf(TimeoutException.class);

            assertThat(reads() - before - 1).isBetween(1L, 5L * seconds - 1); // but for the second question itself
            assertThat(held.isValid()).isTrue();
            waiting.forEach(request -> request.cancel(false));
        }
    }

    /** A new server lets nobody in for two seconds, and at their end every member looks again: so that this is over. */
    private void awaitCalm() {
        AtomicLong before = new AtomicLong();
        await().pollInterval(Duration.ofMillis(200)).until(() -> before.getAndSet(scripts()) == before.get());
    }

    private BrowserPool withoutSignsOfLife() {
        return RedisBrowserPool.connect(
                server.url(), config(NEVER), RedisOptions.defaults().withMemberTtl(NEVER));
    }

    private static PoolConfig config(Duration pollInterval) {
        return PoolConfig.builder()
                .name("traffic")
                .maxBrowsers(1)
                .pollInterval(pollInterval)
                .closeGrace(Duration.ZERO)
                .build();
    }

    private static int pairs(BrowserPool pool, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            pool.acquire(SlotRequest.of(OperationType.TEST_RUN)).close();
        }
        return count;
    }

    private long scripts() {
        return counted("commandstats", "cmdstat_(?:fcall|evalsha):calls=(\\d+)");
    }

    /** What came in from clients, without what scripts do: nothing is sent in one go with something else. */
    private long reads() {
        return counted("stats", "total_reads_processed:(\\d+)");
    }

    private long counted(String section, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(redis.info(section));
        assertThat(found.find()).as(section).isTrue();
        return Long.parseLong(found.group(1));
    }
}
