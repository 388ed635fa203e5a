package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.playwright.options.Proxy;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileRecord;
import dev.browserpool.ProfileRule;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two may own a profile, and yet one browser at a time is on its directory. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class SharedProfileTest {
    @TempDir
    Path directory;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private BrowserPool pool;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(2));
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withMaxActive(2));
    }

    @AfterEach
    void close() {
        answer.countDown();
        assertThat(pool.status().running()).isEmpty();
        pool.close();
    }

    @Test
    void whoeverIsOvertakenByALaterOwnerFollowsUnderANewToken() throws Exception {
        Worker<Long> slow = Workers.start("slow", () -> token("slow"));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        long granted = pool.slot("slow").orElseThrow().grant().orElseThrow().token();

        long fast = token("fast");
        answer.countDown();

        assertThat(granted).isLessThan(fast);
        assertThat(slow.result()).isGreaterThan(fast);
        assertThat(pool.profiles().history("shop", 10))
                .filteredOn(record -> record.kind() == ProfileRecord.Kind.HELD_OUTSIDE)
                .singleElement()
                .satisfies(record -> assertThat(record.note()).contains("request fast, which shares the profile"));
    }

    @Test
    void aTokenThatTheLedgerNeverHeardOfIsNoOtherOwners() throws Exception {
        Path shop = Files.createDirectories(directory.resolve("shop"));
        new GuardRecord(Long.MAX_VALUE, "unknown", "there", 1, false).write(shop);

        BrowserSessionException refused = catchThrowableOfType(
                BrowserSessionException.class, () -> sessions().open(shared("fast")));

        assertThat(refused.step()).isEqualTo(BrowserSessionException.Step.GUARD);
        assertThat(refused).hasMessageContaining("the pool's store has lost its count");
    }

    private long token(String id) throws InterruptedException {
        try (BrowserSession session = sessions().open(shared(id))) {
            return session.lease().token();
        }
    }

    private static SlotRequest shared(String id) {
        return SlotRequest.builder(id, OperationType.AGENT)
                .profile(ProfileClaim.shared("shop"))
                .proxyId(id)
                .build();
    }

    /** The proxy is settled before the directory is looked at: whoever waits here is overtaken. */
    private BrowserSessions sessions() {
        return BrowserSessions.builder(pool)
                .profiles(directory)
                .lookAgainIn(Duration.ofMillis(100))
                .proxies(id -> {
                    if (id.equals("slow")) {
                        asked.countDown();
                        pass(answer);
                    }
                    return Optional.of(new Proxy("http://127.0.0.1:9"));
                })
                .build();
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
