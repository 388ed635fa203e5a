package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileElsewhereException;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.directory.DirectoryHeldException;
import dev.browserpool.playwright.directory.GuardRecord;
import dev.browserpool.playwright.directory.ProfileGuard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two roots stand for two hosts, with one store between them. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class CarriedProfileTest {
    @TempDir
    Path directory;

    private final TestSite site = new TestSite();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private volatile boolean fails;
    private volatile boolean hangs;
    private BrowserPool pool;
    private BrowserSessions here;
    private BrowserSessions there;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
        here = browsers("here");
        there = browsers("there");
    }

    @AfterEach
    void close() {
        hanging.countDown();
        assertThat(pool.status().running()).isEmpty();
        pool.close();
        site.close();
    }

    @SideBySideTest
    void aProfileFollowsItsRequestsFromHostToHost() throws Exception {
        remember(here, "one", "anna");

        List<String> found = there.call(Requests.onProfile("two", "shop"), session -> {
            List<String> before = show(session);
            session.page().navigate(site.url("/remember?who=ben"));
            return before;
        });

        assertThat(found).containsExactly("who=anna", "anna");
        assertThat(remembered(here, Requests.onProfile("three", "shop"))).containsExactly("who=ben", "ben");

        assertThat(pool.profiles().all()).isEmpty();
        assertThat(GuardRecord.read(directory.resolve("here/shop"))
                        .orElseThrow()
                        .token())
                .isEqualTo(pool.profiles().view("shop").home().orElseThrow().token());
    }

    @SideBySideTest
    void whatCouldNotBeStoredStaysHereAndIsOnRecordAndIsNotReplacedByAnOlderState() throws Exception {
        new Visit(pool, options("here")).leave(Requests.onProfile("one", "shop"), "anna");
        fails = true;
        remember(here, "two", "ben");
        fails = false;

        assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.FAILED);
        assertThat(lastCheckpoint()).contains("could not be").contains("no space");
        ProfileElsewhereException refused = catchThrowableOfType(
                ProfileElsewhereException.class, () -> there.open(Requests.onProfile("three", "shop")));
        assertThat(refused).hasMessageContaining("has nothing as new").hasMessageContaining("run there");
        new Visit(pool, options("here")).leave(Requests.onProfile("four", "shop"), "");
        assertThat(remembered(there, Requests.onProfile("five", "shop"))).containsExactly("who=ben", "ben");
    }

    @SideBySideTest
    void whoeverAcceptsALossGetsTheLastStateThatWasStored() throws Exception {
        Visit visitHere = new Visit(pool, options("here"));
        Visit visitThere = new Visit(pool, options("there"));
        visitHere.leave(Requests.onProfile("one", "shop"), "anna");
        fails = true;
        visitHere.leave(Requests.onProfile("two", "shop"), "ben");
        fails = false;
        SlotRequest accepting = SlotRequest.builder("three", OperationType.AGENT)
                .profile(ProfileClaim.exclusive("shop").createIfMissing())
                .build();

        assertThat(visitThere.leave(accepting, "cleo")).isEqualTo("anna");
        assertThat(visitHere.leave(Requests.onProfile("four", "shop"), "")).isEqualTo("cleo");
    }

    @SideBySideTest
    void aStoreThatHangsKeepsNoSlotAndTheGuardUntilItIsDone() throws Exception {
        BrowserSessions impatient = BrowserSessions.builder(pool)
                .profiles(options("here"))
                .storeBudget(Duration.ofMillis(300))
                .lookAgainIn(Duration.ofMillis(100))
                .build();
        hangs = true;
        remember(impatient, "one", "anna");

        assertThat(pool.status().running()).isEmpty();
        assertThat(lastCheckpoint()).contains("no time left");
        GuardRecord visitor = new GuardRecord(Long.MAX_VALUE, "visitor", "here", 1, false);
        Path shop = directory.toRealPath().resolve("here/shop");
        assertThat(catchThrowableOfType(DirectoryHeldException.class, () -> ProfileGuard.take(shop, visitor)))
                .isNotNull();
        hangs = false;
        hanging.countDown();
        await("the guard is given up")
                .ignoreExceptions()
                .untilAsserted(() -> ProfileGuard.take(shop, visitor).release(true));
        assertThat(new Visit(pool, options("there")).leave(Requests.onProfile("two", "shop"), ""))
                .isEmpty();
    }

    @SideBySideTest
    void aRestoredSnapshotIsTheNewestStateOnTheOtherHostToo() throws Exception {
        Visit visitHere = new Visit(pool, options("here"));
        Visit visitThere = new Visit(pool, options("there"));
        visitHere.leave(Requests.onProfile("one", "shop"), "anna");
        ProfileSnapshot snapshot = here.snapshots().snapshot("shop");
        assertThat(visitThere.leave(Requests.onProfile("two", "shop"), "ben")).isEqualTo("anna");
        assertThat(visitHere.leave(Requests.onProfile("three", "shop"), "cleo")).isEqualTo("ben");
        assertThat(visitThere.leave(shared("four"), "changed in a copy")).isEqualTo("cleo");

        here.snapshots().restore("shop", snapshot.id());

        assertThat(visitThere.leave(shared("five"), "")).isEqualTo("anna");
        assertThat(visitThere.leave(Requests.onProfile("six", "shop"), "")).isEqualTo("anna");
    }

    @SideBySideTest
    void whoComesToAPoolThatHasForgottenEverythingFindsTheStoredState() throws Exception {
        new Visit(pool, options("here")).leave(Requests.onProfile("one", "shop"), "anna");
        try (BrowserPool another = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            Visit late = new Visit(another, options("there"));

            assertThat(late.leave(Requests.onProfile("two", "shop"), "ben")).isEqualTo("anna");
            assertThat(new Visit(another, options("here")).leave(Requests.onProfile("three", "shop"), ""))
                    .isEqualTo("ben");
        }
    }

    private String lastCheckpoint() {
        return pool.profiles()
                .history("shop", 1)
                .get(0)
                .ownership()
                .orElseThrow()
                .lock()
                .progress()
                .checkpoint()
                .orElseThrow();
    }

    private static SlotRequest shared(String id) {
        return SlotRequest.builder(id, OperationType.AGENT)
                .profile(ProfileClaim.shared("shop"))
                .build();
    }

    private ProfileOptions options(String host) {
        return ProfileOptions.in(directory.resolve(host)).carriedBy(new Moody());
    }

    private BrowserSessions browsers(String host) {
        return BrowserSessions.builder(pool).profiles(options(host)).build();
    }

    private void remember(BrowserSessions browsers, String id, String who) throws InterruptedException {
        browsers.call(
                Requests.onProfile(id, "shop"), session -> session.page().navigate(site.url("/remember?who=" + who)));
    }

    private List<String> remembered(BrowserSessions browsers, SlotRequest request) throws InterruptedException {
        return browsers.call(request, this::show);
    }

    private List<String> show(BrowserSession session) {
        Page page = session.page();
        page.navigate(site.url("/show"));
        return List.of(page.textContent("#cookie"), page.textContent("#storage"));
    }

    /** The store between them, when it works. */
    private final class Moody implements ProfileStore {
        private final ProfileStore real = DirectoryProfileStore.in(directory.resolve("store"));

        @Override
        public List<String> list(String prefix) throws IOException {
            return real.list(prefix);
        }

        @Override
        public void fetch(String key, Path to) throws IOException {
            real.fetch(key, to);
        }

        @Override
        public void store(String key, Path file) throws IOException {
            if (fails) {
                throw new IOException("no space");
            }
            while (hangs) {
                waitForIt();
            }
            real.store(key, file);
        }

        private void waitForIt() {
            try {
                hanging.await();
            } catch (InterruptedException ignored) {
                // As a disk that does not answer would.
            }
        }

        @Override
        public void delete(String key) throws IOException {
            real.delete(key);
        }
    }
}
