package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("browser")
@ExtendWith(NothingLeft.class)
class SessionConfinementTest {
    private BrowserPool pool;
    private BrowserSessions browsers;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
        browsers = BrowserSessions.builder(pool).build();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aSecondThreadIsRefusedAtEveryDoorWithBothNames() throws Exception {
        try (BrowserSession session = browsers.open(Requests.ephemeral("mine"))) {
            List<ThrowingCallable> doors = List.of(
                    session::page,
                    session::context,
                    session::complete,
                    session::handOver,
                    () -> session.fail(new IllegalStateException()),
                    () -> session.note("a", "b"),
                    () -> session.checkpoint("a"));
            for (ThrowingCallable door : doors) {
                ConfinementException refused = Workers.start(
                                "intruder", () -> catchThrowableOfType(ConfinementException.class, door))
                        .result();

                assertThat(refused.owner()).isEqualTo(Thread.currentThread().getName());
                assertThat(refused.intruder()).isEqualTo("intruder");
                assertThat(refused).hasMessageContaining("handOver()").hasMessageContaining("mine");
            }
            assertThat(session.page().title()).isEmpty();
        }
    }

    @Test
    void aSessionThatIsHandedOverBelongsToTheNextThreadAndNoLongerToTheFirst() throws Exception {
        BrowserSession session = browsers.open(Requests.ephemeral("passed-on"));
        session.page().setContent("<title>first</title>");
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);

        session.handOver();
        Worker<String> second = Workers.start("second", () -> {
            String title = session.page().title();
            taken.countDown();
            tried.await();
            session.complete();
            session.close();
            return title;
        });
        taken.await();
        ConfinementException refused = catchThrowableOfType(ConfinementException.class, session::page);
        tried.countDown();

        assertThat(second.result()).isEqualTo("first");
        assertThat(refused.owner()).isEqualTo("second");
        assertThat(pool.slot("passed-on").orElseThrow().state()).isEqualTo(SlotState.COMPLETED);
    }

    @Test
    void closingFromAnotherThreadStopsTheBrowserAndGivesTheSlotBack() throws Exception {
        BrowserSession session = browsers.open(Requests.ephemeral("mine"));
        session.page();

        Workers.start("intruder", () -> {
                    session.close();
                    return Machine.browsers();
                })
                .result();

        assertThat(Machine.browsers()).isEmpty();
        assertThat(session.lease().isValid()).isFalse();
        session.close();
    }
}
