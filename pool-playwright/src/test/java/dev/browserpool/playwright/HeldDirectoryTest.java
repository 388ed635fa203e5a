package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileBlock;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two pools that know nothing of each other, with one directory for profiles. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class HeldDirectoryTest {
    @TempDir
    Path directory;

    private BrowserPool first;
    private BrowserPool second;
    private BrowserSession holder;

    @BeforeEach
    void hold() throws Exception {
        first = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
        second = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
        holder = browsers(first).open(Requests.onProfile("holder", "shop"));
    }

    @AfterEach
    void close() {
        holder.close();
        assertThat(second.status().running()).isEmpty();
        second.close();
        first.close();
    }

    @Test
    void theSecondPoolsRequestWaitsWithoutASlotAndGoesOnWhenTheFirstIsDone() throws Exception {
        Worker<String> waiter = Workers.start(
                "waiter",
                () -> browsers(second)
                        .call(
                                Requests.onProfile("waiter", "shop"),
                                session -> session.page().url()));

        ProfileBlock block = awaitHeldOutside();
        await().until(() -> second.status().running().isEmpty());
        assertThat(Machine.browsers()).hasSize(1);
        assertThat(block.who()).contains("process " + ProcessHandle.current().pid() + " on ");
        assertThat(block.why()).contains("request holder");

        holder.close();

        assertThat(waiter.result()).isEqualTo("about:blank");
        assertThat(second.slot("waiter").orElseThrow().state()).isEqualTo(SlotState.COMPLETED);
        assertThat(second.profiles().view("shop").status()).isEmpty();
    }

    @Test
    void othersUseTheSlotMeanwhile() throws Exception {
        Worker<String> waiter = Workers.start(
                "waiter",
                () -> browsers(second)
                        .call(
                                Requests.onProfile("waiter", "shop"),
                                session -> session.page().url()));
        assertThat(awaitHeldOutside().until()).isPresent();

        String url = browsers(second)
                .call(
                        Requests.onProfile("other", "market"),
                        session -> session.page().url());

        assertThat(url).isEqualTo("about:blank");
        holder.close();
        assertThat(waiter.result()).isEqualTo("about:blank");
    }

    @Test
    void whoeverDoesNotWaitIsToldWhoHasIt() {
        assertThatThrownBy(() -> browsers(second).open(Requests.notWaiting("impatient", "shop")))
                .isInstanceOf(ProfileConflictException.class)
                .hasMessageContaining("HELD_OUTSIDE")
                .hasMessageContaining("process " + ProcessHandle.current().pid() + " on ")
                .hasMessageContaining("browser pool request holder");

        assertThat(second.slot("impatient").orElseThrow().state()).isEqualTo(SlotState.FAILED);
        assertThat(Machine.browsers()).hasSize(1);
    }

    @Test
    void itIsHeldAlsoByOneWhoseRecordCanNotBeRead() throws Exception {
        Files.writeString(directory.resolve("shop/.browser-pool.owner.json"), "{broken");

        assertThatThrownBy(() -> browsers(second).open(Requests.notWaiting("impatient", "shop")))
                .isInstanceOf(ProfileConflictException.class)
                .hasMessageContaining("process 0 on an unknown host")
                .hasMessageContaining("unknown process");
    }

    @Test
    void theWaitingEndsWithTheRequestsTimeout() {
        SlotRequest request = SlotRequest.builder("patient", OperationType.AGENT)
                .profile(ProfileClaim.exclusive("shop"))
                .timeout(Duration.ofSeconds(1))
                .build();

        assertThatThrownBy(() -> browsers(second).open(request)).isInstanceOf(SlotTimeoutException.class);

        assertThat(second.slot("patient").orElseThrow().state()).isEqualTo(SlotState.TIMED_OUT);
    }

    @Test
    void anInterruptEndsTheWaitingToo() throws Exception {
        Worker<Boolean> waiter = Workers.start("waiter", () -> {
            try {
                browsers(second).open(Requests.onProfile("waiter", "shop")).close();
                return false;
            } catch (InterruptedException expected) {
                return true;
            }
        });
        assertThat(awaitHeldOutside().until()).isPresent();

        waiter.thread().interrupt();

        assertThat(waiter.result()).isTrue();
        await().until(() -> second.slot("waiter").orElseThrow().state() == SlotState.CANCELLED);
    }

    @Test
    void twoNamesForOneDirectoryAreOneProfile() throws Exception {
        Files.createSymbolicLink(directory.resolve("alias"), directory.resolve("shop"));

        assertThatThrownBy(() -> browsers(second).open(Requests.notWaiting("impatient", "alias")))
                .isInstanceOf(ProfileConflictException.class)
                .hasMessageContaining("browser pool request holder");
        assertThatThrownBy(() -> browsers(second).open(Requests.notWaiting("impatient", "../shop")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Machine.browsers()).hasSize(1);
    }

    @Test
    void anotherJvmOnItIsNamedAndWaitedFor() throws Exception {
        try (OtherJvm other = OtherJvm.start(directory, "market")) {
            assertThatThrownBy(() -> browsers(second).open(Requests.notWaiting("impatient", "market")))
                    .isInstanceOf(ProfileConflictException.class)
                    .hasMessageContaining("process " + other.pid() + " on ")
                    .hasMessageContaining("browser pool request other-jvm");
            Worker<String> waiter = Workers.start(
                    "waiter",
                    () -> browsers(second)
                            .call(
                                    Requests.onProfile("waiter", "market"),
                                    session -> session.page().url()));
            await().until(() -> second.profiles().view("market").status().isPresent());
            assertThat(Machine.browsers()).as("of this JVM: the holder's alone").hasSize(1);

            other.close();

            assertThat(waiter.result()).isEqualTo("about:blank");
        }
    }

    /** It comes and goes: each time the time is over, the waiter looks again. */
    private ProfileBlock awaitHeldOutside() {
        return await().pollInterval(Duration.ofMillis(10))
                .until(
                        () -> second.profiles().view("shop").blocks(),
                        blocks -> blocks.stream().anyMatch(b -> b.status() == ProfileStatus.HELD_OUTSIDE))
                .get(0);
    }

    private BrowserSessions browsers(BrowserPool pool) {
        return BrowserSessions.builder(pool)
                .profiles(directory)
                .lookAgainIn(Duration.ofMillis(300))
                .build();
    }
}
