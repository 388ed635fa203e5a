package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.playwright.Page;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileRule;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSessionException.Step;
import dev.browserpool.playwright.Workers.Worker;
import dev.browserpool.playwright.directory.GuardRecord;
import dev.browserpool.playwright.directory.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Shared claims: several browsers at once, each on a copy of its own, and the profile itself untouched. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class SharedProfileTest {
    @TempDir
    Path directory;

    private final TestSite site = new TestSite();
    private final Set<Path> copies = ConcurrentHashMap.newKeySet();
    private BrowserPool pool;
    private BrowserSessions browsers;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(2));
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withMaxActive(2));
        browsers = BrowserSessions.builder(pool).profiles(directory).build();
    }

    @AfterEach
    void close() {
        assertThat(pool.status().running()).isEmpty();
        assertThat(pool.profiles().all()).isEmpty();
        pool.close();
        site.close();
    }

    @SideBySideTest
    void eachSeesWhatTheProfileHasAndNoneSeesWhatAnotherWrites() throws Exception {
        browsers.call(Requests.onProfile("owner", "shop"), session -> remember(session, "anna"));
        long home = pool.profiles().view("shop").home().orElseThrow().token();
        Path shop = directory.toRealPath().resolve("shop");
        List<String> before = Listing.of(shop);
        CountDownLatch bothOpen = new CountDownLatch(2);

        Worker<List<String>> one = Workers.start("one", () -> seenWhileBothRun("one", bothOpen));
        Worker<List<String>> two = Workers.start("two", () -> seenWhileBothRun("two", bothOpen));

        assertThat(one.result()).containsExactly("who=anna", "anna", "who=one", "one");
        assertThat(two.result()).containsExactly("who=anna", "anna", "who=two", "two");
        assertThat(Listing.of(shop)).isEqualTo(before);
        assertThat(pool.profiles().view("shop").home().orElseThrow().token()).isEqualTo(home);
        assertThat(copies)
                .hasSize(2)
                .doesNotContain(shop)
                .allSatisfy(copy -> assertThat(copy).doesNotExist());
    }

    private List<String> seenWhileBothRun(String name, CountDownLatch bothOpen) throws InterruptedException {
        return browsers.call(shared(name), session -> {
            copies.add(session.profileDirectory().orElseThrow());
            List<String> found = remembered(session);
            remember(session, name);
            bothOpen.countDown();
            assertThat(bothOpen.await(30, TimeUnit.SECONDS)).isTrue();
            List<String> written = remembered(session);
            return List.of(found.get(0), found.get(1), written.get(0), written.get(1));
        });
    }

    @SideBySideTest
    void aBrowserThatDiesOnACopyIsNoConcernOfTheProfile() throws Exception {
        new Visit(pool, ProfileOptions.in(directory)).leave(Requests.onProfile("owner", "shop"), "anna");

        try (BrowserSession session = browsers.open(shared("killed"))) {
            assertThat(session.page().url()).isEqualTo("about:blank");
            Machine.browsersOf("killed").forEach(browser -> Machine.signal("KILL", browser));
        }

        assertThat(pool.profiles().view("shop").status()).isEmpty();
        assertThat(GuardRecord.read(directory.resolve("shop")).orElseThrow().dirty())
                .isFalse();
    }

    @SideBySideTest
    void aProfileThatHasNeverRunCanNotBeSharedUnlessAnEmptyOneWillDo() throws Exception {
        BrowserSessionException refused =
                catchThrowableOfType(BrowserSessionException.class, () -> browsers.open(shared("first")));

        assertThat(refused.step()).isEqualTo(Step.DIRECTORY);
        assertThat(refused).hasMessageContaining("has never run").hasMessageContaining("createIfMissing()");
        assertThat(pool.slot("first").orElseThrow().state()).isEqualTo(SlotState.FAILED);
        SlotRequest empty = SlotRequest.builder("empty", OperationType.AGENT)
                .profile(ProfileClaim.shared("shop").createIfMissing())
                .build();
        assertThat(browsers.call(empty, this::remembered)).containsExactly("", "");
        assertThat(directory.resolve("shop")).doesNotExist();
    }

    @SideBySideTest
    void aTokenThatTheLedgerNeverHeardOfIsNoOtherOwners() throws Exception {
        Path shop = Files.createDirectories(directory.resolve("shop"));
        new GuardRecord(Long.MAX_VALUE, "unknown", "there", 1, false).write(shop);

        BrowserSessionException refused =
                catchThrowableOfType(BrowserSessionException.class, () -> browsers.open(shared("fast")));

        assertThat(refused.step()).isEqualTo(Step.GUARD);
        assertThat(refused).hasMessageContaining("the pool's store has lost its count");
    }

    private Object remember(BrowserSession session, String who) {
        return session.page().navigate(site.url("/remember?who=" + who));
    }

    private List<String> remembered(BrowserSession session) {
        Page page = session.page();
        page.navigate(site.url("/show"));
        return List.of(page.textContent("#cookie"), page.textContent("#storage"));
    }

    private static SlotRequest shared(String id) {
        return SlotRequest.builder(id, OperationType.AGENT)
                .profile(ProfileClaim.shared("shop"))
                .build();
    }
}
