package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
@ExtendWith(NothingLeft.class)
class BusyProfileTest {
    @TempDir
    Path directory;

    @Test
    void theSecondRequestStartsNoProcessAndIsServedAfterTheFirst() throws Exception {
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(3))) {
            BrowserSessions browsers =
                    BrowserSessions.builder(pool).profiles(directory).build();
            BrowserSession first = browsers.open(Requests.onProfile("first", "shop"));
            List<ProcessHandle> before = ProcessHandle.current().children().toList();

            Worker<ProcessHandle> second = Workers.start(
                    "second",
                    () -> browsers.call(
                            Requests.onProfile("second", "shop"),
                            session -> Machine.browsers().get(0)));
            await().until(() -> pool.slot("second").map(slot -> slot.state()).equals(Optional.of(SlotState.WAITING)));

            ProcessHandle browser = Machine.browsers().get(0);
            assertThat(ProcessHandle.current().children()).containsExactlyElementsOf(before);
            assertThat(Machine.browsers()).hasSize(1);

            first.close();
            assertThat(second.result()).isNotEqualTo(browser);
            assertThat(pool.slot("second").orElseThrow().state()).isEqualTo(SlotState.COMPLETED);
        }
    }

    @Test
    void aClaimThatDoesNotWaitIsRefusedAndStartsNothing() throws Exception {
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(3))) {
            BrowserSessions browsers =
                    BrowserSessions.builder(pool).profiles(directory).build();
            try (BrowserSession first = browsers.open(Requests.onProfile("first", "shop"))) {
                SlotRequest second = SlotRequest.builder("second", OperationType.AGENT)
                        .profile(ProfileClaim.exclusive("shop").refuseOnConflict())
                        .build();

                assertThatThrownBy(() -> browsers.open(second))
                        .isInstanceOf(ProfileConflictException.class)
                        .hasMessageContaining("first");
                assertThat(Machine.browsers()).hasSize(1);
                assertThat(first.page().title()).isEmpty();
            }
        }
    }
}
