package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.directory.GuardRecord;
import dev.browserpool.playwright.host.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
@ExtendWith(NothingLeft.class)
class SnapshotTest {
    @TempDir
    Path directory;

    private final TestSite site = new TestSite();
    private BrowserPool pool;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
    }

    @AfterEach
    void close() {
        assertThat(pool.status().running()).isEmpty();
        pool.close();
        site.close();
    }

    @SideBySideTest
    void aSnapshotBringsBackWhatTheProfileKnewThenAndCuresOneThatIsInQuarantine() throws Exception {
        BrowserSessions browsers = browsers(options());
        remember(browsers, "one", "anna");
        ProfileSnapshot snapshot = browsers.snapshots().snapshot("shop");
        remember(browsers, "two", "ben");
        pool.profiles().quarantine("shop", "ben should not be there");

        browsers.snapshots().restore("shop", snapshot.id());

        assertThat(pool.profiles().clear("shop", "mara", "put back")).isTrue();
        assertThat(remembered(browsers, "three")).containsExactly("who=anna", "anna");
        assertThat(browsers.snapshots().list("shop")).containsExactly(snapshot);
        assertThat(snapshot.browserVersion()).isPresent();
        assertThat(snapshot.files()).isPositive();
    }

    @SideBySideTest
    void nobodyGetsTheProfileWhileASnapshotIsTakenAndNoneIsTakenOfOneThatIsInUse() throws Exception {
        BrowserSessions browsers = browsers(options());
        SlotRequest impatient = SlotRequest.builder("impatient", OperationType.AGENT)
                .profile(ProfileClaim.exclusive("shop").refuseOnConflict())
                .build();
        BrowserSessions snapping = browsers(options().snapshotsIn(new WatchedStore(directory.resolve("kept"), () -> {
            assertThatThrownBy(() -> browsers.open(impatient)).isInstanceOf(ProfileConflictException.class);
        })));
        try (BrowserSession session = browsers.open(Requests.onProfile("one", "shop"))) {
            session.complete();
            assertThatThrownBy(() -> snapping.snapshots().snapshot("shop"))
                    .isInstanceOf(ProfileConflictException.class);
        }

        snapping.snapshots().snapshot("shop");

        assertThat(snapping.snapshots().list("shop")).hasSize(1);
        assertThat(pool.profiles().view("shop").blocks()).isEmpty();
        assertThatThrownBy(() -> snapping.snapshots().restore("shop", "nothing"))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> snapping.snapshots().snapshot("never")).isInstanceOf(NoSuchFileException.class);
        assertThat(directory.resolve("never")).doesNotExist();
        assertThat(directory.resolve("shop/.browser-pool.browser")).isNotEmptyFile();
    }

    @SideBySideTest
    void whoHasCheckedTheProfileOutRestoresItAndKeepsIt() throws Exception {
        Path shop = Files.createDirectories(directory.resolve("shop/Default"));
        Files.writeString(shop.resolve("Cookies"), "before");
        ProfileSnapshots snapshots = browsers(options()).snapshots();
        ProfileSnapshot snapshot = snapshots.snapshot("shop");
        Files.writeString(shop.resolve("Cookies"), "after");
        pool.profiles().checkOut("shop", "mara", "repairs it", Duration.ofMinutes(10));

        assertThatThrownBy(() -> snapshots.restore("shop", snapshot.id())).isInstanceOf(ProfileConflictException.class);
        snapshots.restore("shop", snapshot.id(), "mara");

        assertThat(shop.resolve("Cookies")).hasContent("before");
        assertThat(pool.profiles().checkIn("shop", "mara", "done")).isTrue();
    }

    @SideBySideTest
    void aProfileWhoseDirectoryIsGoneIsBroughtBackAtItsHome() throws Exception {
        Visit visit = new Visit(pool, options());
        visit.leave(Requests.onProfile("one", "shop"), "anna");
        ProfileSnapshots snapshots = browsers(options()).snapshots();
        ProfileSnapshot snapshot = snapshots.snapshot("shop");
        visit.leave(Requests.onProfile("two", "shop"), "ben");
        Directories.delete(directory.resolve("shop"));

        snapshots.restore("shop", snapshot.id());

        assertThat(visit.leave(Requests.onProfile("three", "shop"), "")).isEqualTo("anna");
    }

    @SideBySideTest
    void oldOnesAreDeletedByNumberAndBySize() throws Exception {
        Path shop = Files.createDirectories(directory.resolve("shop/Default"));
        Files.writeString(shop.resolve("Same"), "s".repeat(1000));
        ProfileSnapshots byNumber = browsers(options().retention(new SnapshotRetention(2, 1 << 20, Duration.ofDays(1))))
                .snapshots();
        for (int i = 0; i < 4; i++) {
            Files.writeString(shop.resolve("Cookies"), i + "c".repeat(99));
            byNumber.snapshot("shop");
        }
        assertThat(byNumber.list("shop")).hasSize(2).allMatch(one -> one.bytes() == 1100);

        ProfileSnapshots bySize = browsers(options().retention(new SnapshotRetention(9, 1250, Duration.ofDays(1))))
                .snapshots();
        bySize.snapshot("shop");
        assertThat(bySize.list("shop"))
                .as("3 x 100 bytes of which two are one file")
                .hasSize(3);
        Files.writeString(shop.resolve("Cookies"), "d".repeat(200));
        bySize.snapshot("shop");
        assertThat(bySize.list("shop")).hasSize(1);
    }

    @SideBySideTest
    void aFailedRunIsUndoneAndAGoodOneIsNot() throws Exception {
        BrowserSessions browsers = browsers(options().rollBackFailedRuns());
        remember(browsers, "good", "anna");

        assertThatThrownBy(() -> browsers.call(Requests.onProfile("bad", "shop"), session -> {
                    session.page().navigate(site.url("/remember?who=ben"));
                    throw new IOException("went wrong");
                }))
                .hasMessage("went wrong");

        assertThat(pool.slot("bad").orElseThrow().state()).isEqualTo(SlotState.FAILED);
        assertThat(remembered(browsers, "after")).containsExactly("who=anna", "anna");
        assertThat(browsers.snapshots().list("shop")).hasSize(3);
    }

    @SideBySideTest
    void aRunThatDiedWithItsJvmIsUndoneBeforeTheNextOne() throws Exception {
        Visit visit = new Visit(pool, options().rollBackFailedRuns());
        visit.leave(Requests.onProfile("good", "shop"), "anna");
        Path shop = directory.resolve("shop");
        ProfileSnapshot before = browsers(options()).snapshots().snapshot("shop");
        visit.leave(Requests.onProfile("lost", "shop"), "ben");
        GuardRecord.read(shop).orElseThrow().withDirty(true).write(shop);
        Files.writeString(shop.resolve(".browser-pool.before"), before.id());

        assertThat(visit.leave(Requests.onProfile("after", "shop"), "")).isEqualTo("anna");
        assertThat(shop.resolve(".browser-pool.before")).doesNotExist();
    }

    @SideBySideTest
    void aDamagedProfileIsReplacedByItsNewestSnapshotIfThatIsWanted() throws Exception {
        Visit visit = new Visit(pool, options().restoreDamaged());
        visit.leave(Requests.onProfile("good", "shop"), "anna");
        browsers(options()).snapshots().snapshot("shop");
        Path shop = directory.resolve("shop");
        visit.leave(Requests.onProfile("breaks it", "shop"), "ben");
        Files.writeString(shop.resolve("Local State"), "{half");
        GuardRecord.read(shop).orElseThrow().withDirty(true).write(shop);

        assertThat(visit.leave(Requests.onProfile("after", "shop"), "")).isEqualTo("anna");
        assertThat(GuardRecord.read(shop).orElseThrow().dirty()).isFalse();
        Files.writeString(shop.resolve("Local State"), "{half");
        GuardRecord.read(shop).orElseThrow().withDirty(true).write(shop);
        assertThatThrownBy(() -> new Visit(pool, options()).leave(Requests.onProfile("strict", "shop"), ""))
                .isInstanceOf(ProfileObjection.class);
    }

    private ProfileOptions options() {
        return ProfileOptions.in(directory);
    }

    private BrowserSessions browsers(ProfileOptions options) {
        return BrowserSessions.builder(pool).profiles(options).build();
    }

    private void remember(BrowserSessions browsers, String id, String who) throws InterruptedException {
        browsers.call(
                Requests.onProfile(id, "shop"), session -> session.page().navigate(site.url("/remember?who=" + who)));
    }

    private List<String> remembered(BrowserSessions browsers, String id) throws InterruptedException {
        return browsers.call(Requests.onProfile(id, "shop"), session -> {
            Page page = session.page();
            page.navigate(site.url("/show"));
            return List.of(page.textContent("#cookie"), page.textContent("#storage"));
        });
    }

    /** Does something when a state is complete but for its manifest. */
    private record WatchedStore(ProfileStore real, Runnable whenStored) implements ProfileStore {
        WatchedStore(Path directory, Runnable whenStored) {
            this(DirectoryProfileStore.in(directory), whenStored);
        }

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
            if (key.contains("/manifests/")) {
                whenStored.run();
            }
            real.store(key, file);
        }

        @Override
        public void delete(String key) throws IOException {
            real.delete(key);
        }
    }
}
