package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Proxy;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.directory.GuardHolder;
import dev.browserpool.playwright.directory.GuardRecord;
import dev.browserpool.playwright.host.Directories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each cause is produced; those of dead processes, crashed pages among them, and of leases that are taken back, in {@link DeathTest}. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class FailureCauseTest {
    @TempDir
    Path directory;

    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    private final TestSite site = new TestSite();
    private final BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));

    @AfterEach
    void close() {
        pool.close();
        site.close();
    }

    private BrowserSessionsBuilder builder() {
        return BrowserSessions.builder(pool).profiles(directory).onClosed(reports::add);
    }

    private FailureCause causeOf(
            BrowserSessions sessions, SlotRequest request, SessionFunction<String, Exception> work) {
        Throwable thrown = catchThrowable(() -> sessions.call(request, work));
        assertThat(thrown).isNotNull();
        FailureCause cause = FailureCause.of(thrown);
        reports.forEach(report -> assertThat(report.cause()).as("%s", thrown).contains(cause));
        return cause;
    }

    @SideBySideTest
    void codeIsWhateverIsNothingElse() {
        assertThat(causeOf(builder().build(), Requests.ephemeral("task"), session -> {
                    session.page().navigate(site.url("/hello"));
                    session.page().click("#not-there", new Page.ClickOptions().setTimeout(200));
                    return "";
                }))
                .isEqualTo(FailureCause.CODE);
        assertThat(FailureCause.of(new IllegalStateException(new IllegalArgumentException("on purpose"))))
                .isEqualTo(FailureCause.CODE);
    }

    @SideBySideTest
    void aPageThatDoesNotComeInTime() {
        assertThat(causeOf(builder().build(), Requests.ephemeral("task"), session -> {
                    session.page().navigate(site.url("/silent"), new Page.NavigateOptions().setTimeout(500));
                    return "";
                }))
                .isEqualTo(FailureCause.NAVIGATION_TIMEOUT);
    }

    @SideBySideTest
    void aProxyThatCanNotBeReachedOrIsUnknown() {
        Proxy gone = new Proxy("http://127.0.0.1:1").setBypass("<-loopback>");
        BrowserSessions through =
                builder().defaults(options -> options.proxy(gone)).build();
        assertThat(causeOf(through, Requests.ephemeral("task"), session -> {
                    session.page().navigate(site.url("/hello"));
                    return "";
                }))
                .isEqualTo(FailureCause.PROXY);

        BrowserSessions unknown = builder()
                .proxies(name -> {
                    throw new IllegalArgumentException("no such proxy");
                })
                .build();
        SlotRequest named = SlotRequest.builder("named", OperationType.AGENT)
                .proxyId("nowhere")
                .build();
        assertThat(FailureCause.of(catchThrowable(() -> unknown.open(named)))).isEqualTo(FailureCause.PROXY);
    }

    @SideBySideTest
    void aBrowserThatDoesNotStart() {
        BrowserSessions broken = builder().executable(Path.of("/bin/false")).build();

        assertThat(FailureCause.of(catchThrowable(() -> broken.open(Requests.ephemeral("task")))))
                .isEqualTo(FailureCause.BROWSER_DIED);
    }

    @SideBySideTest
    void aProfileThatSomebodyElseHas() throws Exception {
        Path shop = Directories.create(directory.resolve("shop"));
        try (GuardHolder holder = GuardHolder.start(shop)) {
            assertThat(holder.pid()).isPositive();
            assertThat(FailureCause.of(
                            catchThrowable(() -> builder().build().open(Requests.notWaiting("task", "shop")))))
                    .isEqualTo(FailureCause.PROFILE_LOCKED);
        }
    }

    @SideBySideTest
    void aProfileThatIsBroken() throws Exception {
        Path shop = Directories.create(directory.resolve("shop"));
        new GuardRecord(1, "killed", "here", 1, true).write(shop);
        Files.createDirectory(shop.resolve("Default"));
        Files.writeString(shop.resolve("Default/Preferences"), "{half a fi");

        assertThat(FailureCause.of(catchThrowable(() -> builder().build().open(Requests.onProfile("task", "shop")))))
                .isEqualTo(FailureCause.PROFILE_CORRUPT);
    }

    @SideBySideTest
    void noSlotInTime() throws Exception {
        try (BrowserSession holder = builder().build().open(Requests.ephemeral("holder"))) {
            SlotRequest late = SlotRequest.builder("late", OperationType.AGENT)
                    .profile(ProfileClaim.exclusive("shop"))
                    .timeout(Duration.ofMillis(100))
                    .build();

            assertThat(FailureCause.of(catchThrowable(() -> builder().build().open(late))))
                    .isEqualTo(FailureCause.SLOT_TIMEOUT);
            holder.complete();
        }
    }
}
