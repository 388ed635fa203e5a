package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLostException;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileElsewhereException;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileQuarantinedException;
import dev.browserpool.ProfileRule;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.Workers.Worker;
import dev.browserpool.playwright.directory.GuardHolder;
import dev.browserpool.playwright.directory.GuardRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
@ExtendWith(NothingLeft.class)
class ProfileInspectionTest {
    @TempDir
    Path directory;

    private final List<ProfileInspection> inspections = new CopyOnWriteArrayList<>();
    private BrowserPool pool;
    private ProfileInspector inspector = ProfileInspector.standard();

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
    }

    @AfterEach
    void close() {
        assertThat(pool.status().running()).isEmpty();
        pool.close();
    }

    @SideBySideTest
    void aProfileThatWasClosedInOrderIsNotInspected() throws Exception {
        use("first");
        try (BrowserSession revoked = browsers().open(Requests.onProfile("second", "shop"))) {
            pool.operations().revoke("second", "to see what is left");
            await().until(() -> !revoked.lease().isValid());
        }
        use("third");

        assertThat(inspections).isEmpty();
        assertThat(GuardRecord.read(directory.resolve("shop")).orElseThrow().dirty())
                .isFalse();
    }

    @SideBySideTest
    void aKilledBrowsersProfileIsInspectedOnceAndIsCleanAfterTheNextOrderlyEnd() throws Exception {
        kill("killed");
        assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.FAILED);

        use("next");
        use("after");

        ProfileInspection inspection = inspections.get(0);
        assertThat(inspections).hasSize(1);
        assertThat(inspection.dirty()).isTrue();
        assertThat(inspection.profileId()).isEqualTo("shop");
        assertThat(inspection.directory()).isEqualTo(directory.toRealPath().resolve("shop"));
        assertThat(inspection.recoveredFrom().map(ProfileLock::owner).map(ProfileLock.Owner::requestId))
                .contains("killed");
    }

    @SideBySideTest
    void aDirectoryWhoseJvmDiedIsInspectedThoughNoPoolKnowsOfIt() throws Exception {
        use("first");
        Path shop = directory.resolve("shop");
        GuardRecord.read(shop).orElseThrow().withDirty(true).write(shop);

        use("next");

        assertThat(inspections)
                .singleElement()
                .satisfies(seen -> assertThat(seen.recoveredFrom()).isEmpty());
    }

    @SideBySideTest
    void aRuleThatDemandsItHasEvenACleanDirectoryInspected() throws Exception {
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withOnStale(ProfileRule.OnStale.INSPECT));
        kill("killed");
        Path shop = directory.resolve("shop");
        GuardRecord.read(shop).orElseThrow().withDirty(false).write(shop);

        use("next");

        assertThat(inspections)
                .singleElement()
                .satisfies(seen -> assertThat(seen.dirty()).isFalse());
    }

    @SideBySideTest
    void aBrowserThatCrashedByItselfLeavesItsDirectoryDirty() throws Exception {
        try (BrowserSession session = browsers().open(Requests.onProfile("crashed", "shop"))) {
            assumeTrue(
                    Files.isSymbolicLink(directory.resolve("shop/SingletonLock")),
                    "the headless shell leaves no trace of its end");
            session.page();
            Machine.browsersUnder(directory).forEach(ProcessHandle::destroyForcibly);
        }

        use("next");
        use("after");

        assertThat(inspections).hasSize(1);
    }

    @SideBySideTest
    void whatARuleDemandsIsNotForgottenByAnOpeningThatCameNotSoFar() throws Exception {
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withOnStale(ProfileRule.OnStale.INSPECT));
        kill("killed");
        Path shop = directory.resolve("shop");
        Path away = directory.resolve("away");
        GuardRecord.read(shop).orElseThrow().withDirty(false).write(shop);
        Files.move(shop, away);
        assertThat(failure("missing")).isInstanceOf(ProfileElsewhereException.class);
        Files.move(away, shop);

        use("next");
        use("after");

        assertThat(inspections).hasSize(1);
    }

    @SideBySideTest
    void aProfileThatNobodyCouldOpenIsStillToBeRecovered() throws Exception {
        kill("killed");
        Path shop = directory.resolve("shop");
        Path away = directory.resolve("away");
        Files.move(shop, away);
        assertThat(failure("missing")).isInstanceOf(ProfileElsewhereException.class);
        assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.FAILED);
        Files.move(away, shop);

        boolean recovers = browsers()
                .call(
                        Requests.onProfile("next", "shop"),
                        session -> session.lease().recoveredFrom().isPresent());

        assertThat(recovers).isTrue();
        assertThat(pool.profiles().view("shop").status()).isEmpty();
    }

    @SideBySideTest
    void whoeverHadToWaitForTheDirectoryInspectsItAllTheSame() throws Exception {
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withOnStale(ProfileRule.OnStale.INSPECT));
        kill("killed");
        Path shop = directory.resolve("shop");
        GuardRecord.read(shop).orElseThrow().withDirty(false).write(shop);
        Worker<Optional<String>> waiter;
        try (GuardHolder other = GuardHolder.start(shop)) {
            waiter = Workers.start(
                    "waiter",
                    () -> browsers()
                            .call(
                                    Requests.onProfile("waiter", "shop"),
                                    session -> session.lease()
                                            .recoveredFrom()
                                            .map(lock -> lock.owner().requestId())));
            await().pollInterval(Duration.ofMillis(10))
                    .until(() -> pool.profiles().view("shop").status().equals(Optional.of(ProfileStatus.HELD_OUTSIDE)));
            assertThat(other.pid()).isPositive();
        }

        assertThat(waiter.result()).contains("killed");
        assertThat(inspections).hasSize(1);
    }

    @SideBySideTest
    void anInspectorThatHangsIsGivenUpLikeAnyOpening() throws Exception {
        kill("killed");
        GuardRecord before = GuardRecord.read(directory.resolve("shop")).orElseThrow();
        CountDownLatch never = new CountDownLatch(1);
        inspector = inspection -> {
            never.await();
            return Optional.empty();
        };

        BrowserSessionException failed = catchThrowableOfType(
                BrowserSessionException.class,
                () -> builder().launchTimeout(Duration.ofMillis(100)).build().open(Requests.onProfile("next", "shop")));

        assertThat(failed.step()).isEqualTo(BrowserSessionException.Step.INSPECT);
        assertThat(GuardRecord.read(directory.resolve("shop"))).contains(before);
        assertThat(pool.profiles().view("shop").blocks()).isEmpty();
    }

    @SideBySideTest
    void aBrokenProfileIsQuarantinedAndReleasedInOneStepAndNothingIsLaunched() throws Exception {
        kill("killed");
        Files.writeString(directory.resolve("shop/Local State"), "{\"half\": ");
        GuardRecord before = GuardRecord.read(directory.resolve("shop")).orElseThrow();

        ProfileQuarantinedException refused = catchThrowableOfType(
                ProfileQuarantinedException.class, () -> browsers().open(Requests.onProfile("next", "shop")));

        assertThat(refused.quarantine().who()).isEqualTo("next");
        assertThat(refused).hasMessageContaining("Local State").hasMessageContaining("clear(profileId, who, note)");
        assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.QUARANTINED);
        assertThat(pool.slot("next").orElseThrow().state()).isEqualTo(SlotState.FAILED);
        assertThat(GuardRecord.read(directory.resolve("shop"))).contains(before);
        assertThatThrownBy(() -> browsers().open(Requests.notWaiting("later", "shop")))
                .isInstanceOf(ProfileQuarantinedException.class);

        Files.delete(directory.resolve("shop/Local State"));
        assertThat(pool.profiles().clear("shop", "anna", "removed the broken file"))
                .isTrue();
        use("after");
    }

    @SideBySideTest
    void anInspectorThatFailsIsAnObjection() throws Exception {
        kill("killed");
        inspector = inspection -> {
            throw new IOException("no disk today");
        };

        assertThatThrownBy(() -> browsers().open(Requests.onProfile("next", "shop")))
                .isInstanceOf(ProfileQuarantinedException.class)
                .hasMessageContaining("no disk today")
                .hasRootCauseInstanceOf(IOException.class);
    }

    @SideBySideTest
    void anInspectorThatAnswersNullIsAnObjection() throws Exception {
        kill("killed");
        inspector = ProfileInspectionTest::nothing;

        assertThatThrownBy(() -> browsers().open(Requests.onProfile("next", "shop")))
                .isInstanceOf(ProfileQuarantinedException.class)
                .hasMessageContaining("the inspector answered null");
    }

    @SuppressWarnings({"NullAway", "OptionalAssignedToNull", "NullOptional"})
    private static Optional<String> nothing(ProfileInspection inspection) {
        return null;
    }

    @SideBySideTest
    void aLeaseThatIsLostDuringTheInspectionPutsNobodyInQuarantine() throws Exception {
        kill("killed");
        CountDownLatch never = new CountDownLatch(1);
        inspector = inspection -> {
            never.await();
            return Optional.of("not reached");
        };
        Worker<Throwable> opener = Workers.start("opener", () -> failure("next"));
        await().until(() -> inspections.size() == 1);

        pool.operations().revoke("next", "for the test");

        assertThat(opener.result()).isInstanceOf(LeaseLostException.class).hasMessageContaining("for the test");
        assertThat(pool.profiles().view("shop").blocks()).isEmpty();
        inspector = ProfileInspector.standard();
        use("after");
        assertThat(inspections).as("what nobody passed is inspected again").hasSize(2);
    }

    @SideBySideTest
    void anInterruptDuringTheInspectionPutsNobodyInQuarantine() throws Exception {
        kill("killed");
        CountDownLatch never = new CountDownLatch(1);
        inspector = inspection -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.of("it was disturbed");
        };
        Worker<Throwable> opener = Workers.start("opener", () -> failure("next"));
        await().until(() -> inspections.size() == 1);

        opener.thread().interrupt();

        assertThat(opener.result()).isInstanceOf(InterruptedException.class);
        assertThat(pool.profiles().view("shop").blocks()).isEmpty();
    }

    private Throwable failure(String id) {
        return catchThrowableOfType(Throwable.class, () -> browsers().open(Requests.onProfile(id, "shop")));
    }

    private void use(String id) throws Exception {
        String title = browsers()
                .call(Requests.onProfile(id, "shop"), session -> session.page().title());
        assertThat(title).isEmpty();
    }

    private void kill(String id) throws Exception {
        try (BrowserSession session =
                builder().exitBudget(Duration.ofMillis(500)).build().open(Requests.onProfile(id, "shop"))) {
            session.page();
            Machine.browsersUnder(directory).forEach(browser -> Machine.signal("STOP", browser));
        }
    }

    private BrowserSessions browsers() {
        return builder().build();
    }

    private BrowserSessionsBuilder builder() {
        return BrowserSessions.builder(pool)
                .profiles(directory)
                .closeBudget(Duration.ofSeconds(1))
                .exitBudget(Duration.ofSeconds(3))
                .inspector(inspection -> {
                    inspections.add(inspection);
                    return inspector.objection(inspection);
                })
                .lookAgainIn(Duration.ofMillis(300));
    }
}
