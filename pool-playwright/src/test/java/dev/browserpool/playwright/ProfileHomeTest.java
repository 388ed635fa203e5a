package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileElsewhereException;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.directory.GuardRecord;
import dev.browserpool.playwright.host.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two roots stand for two hosts. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class ProfileHomeTest {
    @TempDir
    Path directory;

    private final TestSite site = new TestSite();
    private BrowserPool pool;
    private Path here;
    private Path there;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
        here = directory.resolve("here");
        there = directory.resolve("there");
    }

    @AfterEach
    void close() {
        assertThat(pool.status().running()).isEmpty();
        assertThat(pool.profiles().all()).isEmpty();
        pool.close();
        site.close();
    }

    @SideBySideTest
    void theLastDirectoryThatWasOpenedIsTheHome() throws Exception {
        long token = browsers(here)
                .call(
                        Requests.onProfile("first", "shop"),
                        session -> session.lease().token());

        assertThat(pool.profiles().view("shop").home().orElseThrow().token()).isEqualTo(token);
        assertThat(GuardRecord.read(here.resolve("shop")).orElseThrow().token()).isEqualTo(token);
    }

    @SideBySideTest
    void aProfileThatHasRunElsewhereIsNotOpenedAsAnEmptyOne() throws Exception {
        long token = opened(here, "first");

        ProfileElsewhereException refused = refused(there, Requests.onProfile("second", "shop"));

        assertThat(refused.found()).isEmpty();
        assertThat(refused.home().token()).isEqualTo(token);
        assertThat(refused).hasMessageContaining("does not exist").hasMessageContaining("createIfMissing()");
        assertThat(there).doesNotExist();
        assertThat(pool.slot("second").orElseThrow().state()).isEqualTo(SlotState.FAILED);
        assertThat(opened(here, "third")).isGreaterThan(token);
    }

    @SideBySideTest
    void whoeverAsksForItStartsAnewAndTheOldDirectoryIsRefusedFromThenOn() throws Exception {
        long old = opened(here, "first");
        SlotRequest anew = SlotRequest.builder("second", OperationType.AGENT)
                .profile(ProfileClaim.exclusive("shop").createIfMissing())
                .build();

        long token = browsers(there).call(anew, session -> session.lease().token());

        ProfileElsewhereException refused = refused(here, Requests.onProfile("third", "shop"));
        assertThat(refused.found()).hasValue(old);
        assertThat(refused.home().token()).isEqualTo(token);
        assertThat(GuardRecord.read(here.resolve("shop")).orElseThrow().token()).isEqualTo(old);
        assertThat(opened(there, "fourth")).isGreaterThan(token);
    }

    @SideBySideTest
    void aDirectoryThatNoPoolHasOpenedIsOlderThanAnyHome() throws Exception {
        opened(here, "first");
        Files.createDirectories(there.resolve("shop/Default"));

        assertThat(refused(there, Requests.onProfile("second", "shop")).found()).hasValue(0);
        assertThat(GuardRecord.read(there.resolve("shop"))).isEmpty();
    }

    @SideBySideTest
    void aDirectoryWhoseMakerWasKilledBeforeThePoolHeardOfItIsNoState() throws Exception {
        long token = opened(here, "first");
        Path shop = Files.createDirectories(there.resolve("shop"));
        new GuardRecord(token + 1, "killed", "there", 1, true)
                .withUnopened(true)
                .write(shop);

        assertThat(refused(there, Requests.onProfile("second", "shop")).found()).hasValue(0);

        SlotRequest anew = SlotRequest.builder("third", OperationType.AGENT)
                .profile(ProfileClaim.exclusive("shop").createIfMissing())
                .build();
        List<GuardRecord> whileItOpens = new CopyOnWriteArrayList<>();
        BrowserSessions looking = BrowserSessions.builder(pool)
                .profiles(there)
                .inspector(inspection -> {
                    whileItOpens.add(GuardRecord.read(inspection.directory()).orElseThrow());
                    return Optional.empty();
                })
                .build();
        long third = looking.call(anew, session -> session.lease().token());
        assertThat(whileItOpens)
                .containsExactly(record(third, shop).withDirty(true).withUnopened(true));
        assertThat(record(third, shop).unopened()).isFalse();
        assertThat(opened(there, "fourth")).isGreaterThan(third);
    }

    private static GuardRecord record(long token, Path shop) throws IOException {
        GuardRecord found = GuardRecord.read(shop).orElseThrow();
        assertThat(found.token()).isEqualTo(token);
        return found;
    }

    @SideBySideTest
    void aDirectoryThatIsMovedTakesTheStateWithIt() throws Exception {
        browsers(here)
                .call(
                        Requests.onProfile("first", "shop"),
                        session -> session.page().navigate(site.url("/remember?who=anna")));
        Directories.create(there);
        Files.move(here.resolve("shop"), there.resolve("shop"));

        String cookie = browsers(there).call(Requests.onProfile("second", "shop"), session -> {
            session.page().navigate(site.url("/show"));
            return session.page().textContent("#cookie");
        });

        assertThat(cookie).isEqualTo("who=anna");
    }

    /** Its browser may write some of it again when it is closed, and that must not pass for the profile. */
    @SideBySideTest
    void aDirectoryThatIsDeletedUnderItsSessionIsNotOpenedAsAnEmptyOne() throws Exception {
        long token = browsers(here).call(Requests.onProfile("first", "shop"), session -> {
            session.page().navigate(site.url("/remember?who=anna"));
            Directories.delete(here.resolve("shop"));
            return session.lease().token();
        });

        ProfileElsewhereException refused = refused(here, Requests.onProfile("second", "shop"));

        assertThat(refused.home().token()).isEqualTo(token);
        assertThat(pool.slot("first").orElseThrow().state()).isEqualTo(SlotState.COMPLETED);
    }

    @SideBySideTest
    void anOpeningThatFailsBeforeItsLaunchDoesNotMoveTheHome() throws Exception {
        long token = opened(here, "first");
        Files.writeString(here.resolve("shop/.browser-pool.owner.json"), "{broken");

        BrowserSessionException failed = catchThrowableOfType(
                BrowserSessionException.class, () -> browsers(here).open(Requests.onProfile("second", "shop")));

        assertThat(failed.step()).isEqualTo(BrowserSessionException.Step.GUARD);
        assertThat(pool.profiles().view("shop").home().orElseThrow().token()).isEqualTo(token);
    }

    private long opened(Path root, String id) throws InterruptedException, IOException {
        return browsers(root)
                .call(Requests.onProfile(id, "shop"), session -> session.lease().token());
    }

    private ProfileElsewhereException refused(Path root, SlotRequest request) {
        return catchThrowableOfType(
                ProfileElsewhereException.class, () -> browsers(root).open(request));
    }

    private BrowserSessions browsers(Path root) {
        return BrowserSessions.builder(pool).profiles(root).build();
    }
}
