package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Names, paths and handlers that once did harm. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class HardCasesTest {
    @TempDir
    Path directory;

    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        pool.close();
    }

    private BrowserSessions browsers(Path profiles) {
        return BrowserSessions.builder(pool)
                .profiles(profiles)
                .onClosed(reports::add)
                .build();
    }

    @SideBySideTest
    void aProfileIsNotTakenForADirectoryOfPlaywrightsWhateverItIsCalled() throws Exception {
        browsers(directory)
                .call(
                        Requests.onProfile("first", "playwright_shop"),
                        session -> session.page().url());

        assertThat(directory.resolve("playwright_shop/Default")).isDirectory();
    }

    @SideBySideTest
    void theProfilesMayLieInADirectoryWithAnyLetters() throws Exception {
        String url = browsers(directory.resolve("profilé-ü"))
                .call(
                        Requests.onProfile("first", "shop"),
                        session -> session.page().url());

        assertThat(url).isEqualTo("about:blank");
    }

    @SideBySideTest
    void aSessionThatIsClosedWhileItClosesDoesNotWaitForItself() throws Exception {
        BrowserSession session = browsers(directory).open(Requests.onProfile("first", "shop"));
        session.context().onClose(context -> session.close());
        session.complete();
        long start = System.nanoTime();
        Thread.currentThread().interrupt();

        session.close();

        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(reports)
                .singleElement()
                .satisfies(report -> assertThat(report.killed()).isFalse());
    }

    @SideBySideTest
    void aClosingThatHangsInAHandlerOfTheUsersDoesNotKeepTheSlot() throws Exception {
        BrowserSessions browsers = BrowserSessions.builder(pool)
                .profiles(directory)
                .evidenceBudget(Duration.ofSeconds(1))
                .closeBudget(Duration.ofSeconds(1))
                .exitBudget(Duration.ofSeconds(2))
                .onClosed(reports::add)
                .build();
        CountDownLatch handlerMayGo = new CountDownLatch(1);
        Thread worker = new Thread(() -> openAndHang(browsers, handlerMayGo), "hanging-worker");
        worker.start();

        await().atMost(Duration.ofSeconds(40)).until(() -> reports.size() == 1);

        assertThat(worker.isAlive()).as("it still hangs").isTrue();
        assertThat(pool.status().running()).isEmpty();
        assertThat(pool.profiles().all()).isEmpty();
        handlerMayGo.countDown();
        worker.join();
    }

    private static void openAndHang(BrowserSessions browsers, CountDownLatch until) {
        try (BrowserSession session = browsers.open(Requests.onProfile("first", "shop"))) {
            session.context().onClose(context -> awaitUninterruptibly(until));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
