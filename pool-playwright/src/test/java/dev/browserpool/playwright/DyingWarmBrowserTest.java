package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.host.Processes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A warm browser that dies after it was looked at, and before the session has it. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class DyingWarmBrowserTest {
    /** The function for the context's options runs at just that moment. */
    @Test
    void isReplacedByAFreshOneAndTheSessionDoesNotNotice() throws Exception {
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
                BrowserSessions browsers =
                        BrowserSessions.builder(pool).reuse(ReusePolicy.warm()).build()) {
            browsers.call(Requests.ephemeral("1"), session -> session.page().title());
            await().until(() -> WarmBrowsers.of(pool).idle() == 1);
            ProcessHandle first = Machine.browsers().get(0);

            String title = browsers.call(
                    Requests.ephemeral("2"),
                    options -> options.context(unused -> {
                        if (Processes.isAlive(first)) {
                            Machine.signal("KILL", first);
                            await().until(() -> !Processes.isAlive(first));
                        }
                    }),
                    session -> session.page().title());

            assertThat(title).isEmpty();
            assertThat(Machine.browsers()).hasSize(1).doesNotContain(first);
        }
    }
}
