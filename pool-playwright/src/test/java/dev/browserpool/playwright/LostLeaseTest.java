package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.browserpool.BrowserPool;
import dev.browserpool.LeakStacks;
import dev.browserpool.LeaseLostException;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.host.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Tag("browser")
@ExtendWith(NothingLeft.class)
@Timeout(60)
class LostLeaseTest {
    @TempDir
    Path directory;

    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    private BrowserPool pool;
    private BrowserSessions browsers;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.builder()
                .maxBrowsers(1)
                .pollInterval(Duration.ofMillis(100))
                .build());
        browsers = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"))
                .onClosed(reports::add)
                .build();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aRevokedSessionThrowsAtItsNextDoorAndTheNextInLineGetsTheProfile() throws Exception {
        BrowserSession session = browsers.open(Requests.onProfile("first", "shop"));

        assertThat(pool.operations().revoke("first", "for the test")).isTrue();

        assertThatThrownBy(session::page).isInstanceOf(LeaseLostException.class).hasMessageContaining("for the test");
        try (BrowserSession next = browsers.open(Requests.onProfile("second", "shop"))) {
            assertThat(Machine.browsers()).hasSize(1);
            assertThat(next.page().title()).isEmpty();
            session.close();
            assertThat(next.page().title()).isEmpty();
        }
        await().untilAsserted(() -> assertThat(reports)
                .extracting(SessionReport::outcome)
                .containsExactlyInAnyOrder(SlotState.REVOKED, SlotState.RELEASED));
    }

    @Test
    void aBrowserThatDoesNotExitByItselfIsKilled() throws Exception {
        BrowserSession session = browsers.open(Requests.onProfile("frozen", "shop"));
        ProcessHandle browser = Machine.browsers().get(0);
        Machine.signal("STOP", browser);

        pool.operations().revoke("frozen", "for the test");
        await().until(() -> Machine.drivers().isEmpty());
        session.close();

        assertThat(Processes.isAlive(browser)).isFalse();
        assertThat(reports.get(0).killed()).isTrue();
        assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.FAILED);
    }

    @Test
    void closingThePoolStopsWhatIsOpen() throws Exception {
        BrowserPool impatient = InMemoryBrowserPool.create(
                PoolConfig.builder().maxBrowsers(1).closeGrace(Duration.ZERO).build());
        BrowserSessions sessions = BrowserSessions.builder(impatient).build();
        BrowserSession session = Workers.start("holder", () -> sessions.open(Requests.ephemeral("open")))
                .result();

        impatient.close();
        session.close();

        assertThat(Machine.browsers()).isEmpty();
        assertThat(session.lease().isValid()).isFalse();
    }

    @Test
    void aForgottenSessionIsFoundAndItsBrowserStopped() throws Exception {
        openAndForget();

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return !reports.isEmpty();
        });

        assertThat(Machine.leftProcesses()).isEmpty();
        assertThat(reports.get(0).outcome()).isEqualTo(SlotState.LOST);
        await().untilAsserted(() -> assertThat(pool.status().running()).isEmpty());
    }

    @Test
    void theLogSaysWhereAForgottenSessionWasOpened() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger pools = (Logger) LoggerFactory.getLogger("dev.browserpool.engine");
        lines.start();
        pools.addAppender(lines);
        try (BrowserPool named = InMemoryBrowserPool.create(PoolConfig.builder()
                .maxBrowsers(1)
                .leakStacks(LeakStacks.ALWAYS)
                .build())) {
            openAndForget(BrowserSessions.builder(named).build());

            await().atMost(Duration.ofSeconds(30)).until(() -> {
                System.gc();
                return named.status().running().isEmpty();
            });
        } finally {
            pools.detachAppender(lines);
        }

        assertThat(lines.list)
                .filteredOn(line -> line.getThrowableProxy() != null)
                .anySatisfy(line -> {
                    assertThat(line.getFormattedMessage()).contains("forgotten");
                    assertThat(line.getThrowableProxy().getStackTraceElementProxyArray())
                            .anyMatch(frame -> frame.getSTEAsString().contains("openAndForget"));
                });
        assertThat(Machine.leftProcesses()).isEmpty();
    }

    private static void openAndForget(BrowserSessions sessions) throws InterruptedException {
        sessions.open(Requests.ephemeral("forgotten")).page();
    }

    /** Files on a disk that takes its time. */
    private record SlowStore(EvidenceStore files) implements EvidenceStore {
        @Override
        public Path begin(Key key) throws IOException {
            try {
                boolean unused = new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return files.begin(key);
        }

        @Override
        public Path complete(Key key, Path written) throws IOException {
            return files.complete(key, written);
        }

        @Override
        public void discard(Key key, Path written) throws IOException {
            files.discard(key, written);
        }
    }

    @Test
    void aForgottenSessionWhoseBrowserHadToBeKilledLeavesItsProfileFailedWithItsEvidenceOnRecord() throws Exception {
        browsers = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(new SlowStore(FileEvidenceStore.in(directory.resolve("evidence"))))
                .onClosed(reports::add)
                .build();
        openAndForget();
        Machine.browsers().forEach(browser -> Machine.signal("STOP", browser));

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return pool.status().running().isEmpty();
        });

        assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.FAILED);
        assertThat(pool.profiles()
                        .history("shop", 1)
                        .get(0)
                        .ownership()
                        .orElseThrow()
                        .lock()
                        .progress()
                        .evidence())
                .isEqualTo(reports.get(0).evidence().map(Path::toString))
                .isPresent();
    }

    private void openAndForget() throws Exception {
        browsers.open(Requests.onProfile("forgotten", "shop")).page().navigate("about:blank");
    }
}
