package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import dev.browserpool.playwright.directory.GuardRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a hook does, nothing is left: no process, no guard, no lease. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class HooksTest {
    @TempDir
    Path directory;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    private BrowserPool pool;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
    }

    @AfterEach
    void close() {
        assertThat(pool.status().running()).isEmpty();
        assertThat(pool.profiles().all()).isEmpty();
        pool.close();
    }

    @SideBySideTest
    void theyAreCalledInOrderAndBackwardsOnTheWayOutAndSeeWhoseTheyAre() throws Exception {
        BrowserSessions browsers = builder()
                .hooks(new Recording("a", Door.NONE))
                .hooks(new Recording("b", Door.NONE))
                .build();

        browsers.call(
                Requests.onProfile("order", "shop"),
                session -> calls.add("work on " + Thread.currentThread().getName()));

        String me = Thread.currentThread().getName();
        assertThat(calls)
                .containsExactly(
                        "a beforeLaunch of order on shop, no browser, on browser-pool-open-order",
                        "b beforeLaunch of order on shop, no browser, on browser-pool-open-order",
                        "a afterLaunch of order on shop, 1 browser, on " + me,
                        "b afterLaunch of order on shop, 1 browser, on " + me,
                        "work on " + me,
                        "b beforeClose of order on shop, 1 browser, on " + me,
                        "a beforeClose of order on shop, 1 browser, on " + me,
                        "b afterClose of order on shop, no browser, on browser-pool-rest-order",
                        "a afterClose of order on shop, no browser, on browser-pool-rest-order");
        assertThat(reports)
                .singleElement()
                .satisfies(report -> assertThat(report.outcome()).isEqualTo(SlotState.COMPLETED));
    }

    @SideBySideTest
    void oneThatFailsBeforeTheLaunchKeepsTheBrowserFromStarting() {
        BrowserSessions browsers = builder()
                .hooks(new Recording("a", Door.NONE))
                .hooks(new Recording("b", Door.BEFORE_LAUNCH))
                .build();

        BrowserSessionException refused = catchThrowableOfType(
                BrowserSessionException.class, () -> browsers.open(Requests.onProfile("before", "shop")));

        assertThat(refused.step()).isEqualTo(BrowserSessionException.Step.HOOK);
        assertThat(refused).hasMessageContaining("Recording.beforeLaunch").hasMessageContaining("on purpose");
        assertThat(doors()).containsExactly("a beforeLaunch", "b beforeLaunch", "a afterClose");
        assertThat(pool.slot("before").orElseThrow().state()).isEqualTo(SlotState.FAILED);
        assertThat(directory.resolve("profiles/shop/Default")).doesNotExist();
    }

    @SideBySideTest
    void oneThatFailsAfterTheLaunchClosesTheSessionWithEvidence() throws Exception {
        BrowserSessions browsers = builder()
                .evidence(directory.resolve("evidence"))
                .hooks(new Recording("a", Door.AFTER_LAUNCH))
                .build();

        BrowserSessionException refused = catchThrowableOfType(
                BrowserSessionException.class, () -> browsers.open(Requests.onProfile("after", "shop")));

        assertThat(refused.step()).isEqualTo(BrowserSessionException.Step.HOOK);
        assertThat(doors()).containsExactly("a beforeLaunch", "a afterLaunch", "a beforeClose", "a afterClose");
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.outcome()).isEqualTo(SlotState.FAILED);
            assertThat(report.evidence().orElseThrow().resolve("screenshot.png"))
                    .exists();
        });
        assertThat(GuardRecord.read(directory.resolve("profiles/shop"))
                        .orElseThrow()
                        .dirty())
                .isFalse();
    }

    @SideBySideTest
    void oneThatFailsBeforeTheCloseFailsTheSessionAndTheOthersAreCalledAllTheSame() throws Exception {
        BrowserSessions browsers = builder()
                .hooks(new Recording("a", Door.NONE))
                .hooks(new Recording("b", Door.BEFORE_CLOSE))
                .build();

        browsers.call(Requests.ephemeral("closing"), session -> session.page().title());

        assertThat(doors()).containsSubsequence("b beforeClose", "a beforeClose", "b afterClose", "a afterClose");
        assertThat(pool.slot("closing").orElseThrow().state()).isEqualTo(SlotState.FAILED);
        assertThat(reports.get(0).failure().orElseThrow()).hasMessageContaining("Recording.beforeClose");
    }

    @SideBySideTest
    void oneThatFailsAfterTheCloseFailsTheSession() throws Exception {
        BrowserSessions browsers =
                builder().hooks(new Recording("a", Door.AFTER_CLOSE)).build();

        browsers.call(Requests.ephemeral("closed"), session -> session.page().title());

        assertThat(pool.slot("closed").orElseThrow().state()).isEqualTo(SlotState.FAILED);
        assertThat(reports.get(0).outcome()).isEqualTo(SlotState.FAILED);
    }

    @SideBySideTest
    void oneThatHangsIsInterruptedAtEachDoor() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        SessionHooks hanging = new SessionHooks() {
            @Override
            public void beforeClose(HookContext context, BrowserSession session) throws Exception {
                never.await();
            }

            @Override
            public void afterClose(HookContext context) throws Exception {
                never.await();
            }
        };
        BrowserSessions browsers =
                builder().hookBudget(Duration.ofMillis(200)).hooks(hanging).build();

        browsers.call(Requests.ephemeral("hanging"), session -> session.page().title());

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(pool.slot("hanging").orElseThrow().state()).isEqualTo(SlotState.FAILED);
        assertThat(reports.get(0).failure().orElseThrow()).hasMessageContaining("longer than PT0.2S");
    }

    @SideBySideTest
    void oneThatNeverComesBackDoesNotKeepTheSlot() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        SessionHooks stubborn = new SessionHooks() {
            @Override
            public void beforeClose(HookContext context, BrowserSession session) {
                boolean waiting = true;
                while (waiting) {
                    try {
                        released.await();
                        waiting = false;
                    } catch (InterruptedException ignored) {
                        // as code that swallows it would
                    }
                }
            }
        };
        BrowserSessions browsers =
                builder().hookBudget(Duration.ofMillis(200)).hooks(stubborn).build();

        Worker<String> worker = Workers.start(
                "stuck",
                () -> browsers.call(
                        Requests.onProfile("stuck", "shop"),
                        session -> session.page().title()));

        await().atMost(Duration.ofSeconds(40))
                .until(() -> pool.slot("stuck")
                        .filter(slot -> slot.state().isFinal())
                        .isPresent());
        assertThat(Machine.browsersOf("stuck")).isEmpty();
        released.countDown();
        assertThat(worker.result()).isEmpty();
    }

    @SideBySideTest
    void aFailedLaunchIsToldToThoseThatHeardOfItsBeginning() throws Exception {
        Path broken = directory.resolve("broken-browser");
        Files.writeString(broken, "#!/bin/sh\nexit 1\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        BrowserSessions browsers = builder()
                .executable(broken)
                .hooks(new Recording("a", Door.NONE))
                .build();

        assertThatThrownBy(() -> browsers.open(Requests.ephemeral("failing")))
                .isInstanceOf(BrowserSessionException.class);

        assertThat(doors()).containsExactly("a beforeLaunch", "a afterClose");
    }

    private List<String> doors() {
        return calls.stream().map(call -> call.replaceAll(" of .*", "")).toList();
    }

    private BrowserSessionsBuilder builder() {
        return BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .onClosed(reports::add);
    }

    private enum Door {
        NONE,
        BEFORE_LAUNCH,
        AFTER_LAUNCH,
        BEFORE_CLOSE,
        AFTER_CLOSE
    }

    private final class Recording implements SessionHooks {
        private final String name;
        private final Door failing;

        Recording(String name, Door failing) {
            this.name = name;
            this.failing = failing;
        }

        private int browsers(HookContext context) {
            return Machine.browsersOf(context.request().requestId()).size();
        }

        private void at(Door door, String called, HookContext context) {
            calls.add(name + " " + called + " of " + context.request().requestId() + " on "
                    + context.profileDirectory()
                            .map(path -> path.getFileName().toString())
                            .orElse("nothing")
                    + ", "
                    + (browsers(context) == 0 ? "no" : browsers(context)) + " browser, on "
                    + Thread.currentThread().getName());
            if (door == failing) {
                throw new AssertionError("on purpose");
            }
        }

        @Override
        public void beforeLaunch(HookContext context) {
            at(Door.BEFORE_LAUNCH, "beforeLaunch", context);
        }

        @Override
        public void afterLaunch(HookContext context, BrowserSession session) {
            assertThat(session.page().url()).isEqualTo("about:blank");
            at(Door.AFTER_LAUNCH, "afterLaunch", context);
        }

        @Override
        public void beforeClose(HookContext context, BrowserSession session) {
            assertThat(session.page().url()).isEqualTo("about:blank");
            at(Door.BEFORE_CLOSE, "beforeClose", context);
        }

        @Override
        public void afterClose(HookContext context) {
            at(Door.AFTER_CLOSE, "afterClose", context);
        }
    }
}
