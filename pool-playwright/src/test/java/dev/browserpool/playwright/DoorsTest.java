package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.PlaywrightException;
import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLostException;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import dev.browserpool.playwright.host.Processes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What whoever has a session between {@code open} and {@code close} is told at his next call, once it has come to a bad end. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class DoorsTest {
    @TempDir
    Path directory;

    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    private BrowserPool pool;
    private BrowserSessions browsers;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
        browsers = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"))
                .onClosed(reports::add)
                .build();
    }

    @AfterEach
    void close() {
        assertThat(pool.status().running()).isEmpty();
        pool.close();
    }

    /** All by which one can use a session; what ends it is none. */
    private static final Map<String, Consumer<BrowserSession>> DOORS = Map.of(
            "page",
            BrowserSession::page,
            "context",
            BrowserSession::context,
            "note",
            session -> session.note("key", "value"),
            "checkpoint",
            session -> session.checkpoint("step"),
            "requireAction",
            session -> session.requireAction("buy"),
            "handOver",
            BrowserSession::handOver);

    private enum Part {
        BROWSER(FailureCause.BROWSER_DIED) {
            @Override
            ProcessHandle of(Death.Family family) {
                return family.browser();
            }
        },
        DRIVER(FailureCause.DRIVER_DIED) {
            @Override
            ProcessHandle of(Death.Family family) {
                return family.driver();
            }
        };

        private final FailureCause cause;

        Part(FailureCause cause) {
            this.cause = cause;
        }

        abstract ProcessHandle of(Death.Family family);
    }

    @SideBySideTest
    void eachSaysWhyTheLeaseWasTakenBack() throws Exception {
        BrowserSession session = browsers.open(Requests.onProfile("taken", "shop"));
        session.page();

        pool.operations().revoke("taken", "for the test");

        DOORS.forEach((name, door) -> assertThatThrownBy(() -> door.accept(session))
                .as(name)
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("for the test"));
        assertThatThrownBy(session::complete).isInstanceOf(LeaseLostException.class);
        session.fail(new IllegalStateException("on purpose"));
        session.close();
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.outcome()).isEqualTo(SlotState.REVOKED);
            assertThat(report.cause()).contains(FailureCause.LEASE_LOST);
        });
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource
    void eachSaysWhatDiedUnderIt(Part part) throws Exception {
        BrowserSession session = browsers.open(Requests.onProfile("killed-" + part, "shop"));
        session.page();
        ProcessHandle process = part.of(Death.Family.of("killed-" + part));

        Machine.signal("KILL", process);
        await().until(() -> !Processes.isAlive(process));

        DOORS.forEach((name, door) -> assertThat(catchThrowable(() -> door.accept(session)))
                .as(name)
                .isInstanceOfSatisfying(
                        BrowserDiedException.class,
                        died -> assertThat(died.what()).isEqualTo(part.cause)));
        session.complete(); // the work may have been done before
        session.close();
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.outcome()).isEqualTo(SlotState.COMPLETED);
            assertThat(report.cause()).contains(part.cause);
        });
    }

    /** Without a profile the first page is opened at the first call. */
    private Throwable thrownInTheMiddle(String requestId, Consumer<Death.Family> whatHappens) throws Exception {
        BrowserSession session = browsers.open(Requests.ephemeral(requestId));
        Death.Family family = Death.Family.of(requestId);
        Machine.signal("STOP", family.driver());
        Thread holder = Thread.currentThread();
        Worker<Boolean> other = Workers.start("other", () -> {
            await().until(() -> Workers.isIn(holder, "newPage"));
            whatHappens.accept(family);
            return true;
        });
        try (session) {
            return catchThrowable(session::page);
        } finally {
            assertThat(other.result()).isTrue();
        }
    }

    @SideBySideTest
    void aDriverThatDiesInTheMiddleOfACallIsToldAsThat() throws Exception {
        assertThat(thrownInTheMiddle("half-dead", family -> Machine.signal("KILL", family.driver())))
                .hasCauseInstanceOf(PlaywrightException.class)
                .isInstanceOfSatisfying(
                        BrowserDiedException.class,
                        died -> assertThat(died.what()).isEqualTo(FailureCause.DRIVER_DIED));
    }

    @SideBySideTest
    void aLeaseThatIsTakenBackInTheMiddleOfACallIsToldAsThat() throws Exception {
        assertThat(thrownInTheMiddle("half-done", family -> pool.operations().revoke("half-done", "for the test")))
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("for the test")
                .hasCauseInstanceOf(PlaywrightException.class);
    }
}
