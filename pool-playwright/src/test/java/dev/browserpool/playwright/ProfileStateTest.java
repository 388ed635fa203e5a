package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
@ExtendWith(NothingLeft.class)
class ProfileStateTest {
    @TempDir
    Path directory;

    private final TestSite site = new TestSite();
    private BrowserPool pool;
    private BrowserSessions browsers;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(2));
        browsers = BrowserSessions.builder(pool).profiles(directory).build();
    }

    @AfterEach
    void close() {
        pool.close();
        site.close();
    }

    @SideBySideTest
    void cookieAndLocalStorageLiveOnInTheirProfileAndNowhereElse() throws Exception {
        browsers.call(
                Requests.onProfile("write", "shop-1"),
                session -> session.page().navigate(site.url("/remember?who=anna")));

        assertThat(browsers.call(Requests.onProfile("read", "shop-1"), this::remembered))
                .containsExactly("who=anna", "anna");
        assertThat(browsers.call(Requests.onProfile("other", "shop-2"), this::remembered))
                .containsExactly("", "");
        assertThat(browsers.call(Requests.ephemeral("nobody"), this::remembered))
                .containsExactly("", "");
    }

    @SideBySideTest
    void theStateOfAStoppedBrowserIsKeptToo() throws Exception {
        try (BrowserSession session = browsers.open(Requests.onProfile("write", "shop-1"))) {
            session.page().navigate(site.url("/remember?who=anna"));
            pool.operations().revoke("write", "to see what is kept");
        }

        assertThat(browsers.call(Requests.onProfile("read", "shop-1"), this::remembered))
                .containsExactly("who=anna", "anna");
    }

    @SideBySideTest
    void theProfilesDirectoryIsTheOneThatTheSessionNames() throws Exception {
        Path named = browsers.call(
                Requests.onProfile("one", "shop-1"),
                session -> session.profileDirectory().orElseThrow());

        assertThat(named).isEqualTo(directory.toRealPath().resolve("shop-1"));
        assertThat(named.resolve("Default")).isDirectory();
    }

    private List<String> remembered(BrowserSession session) {
        Page page = session.page();
        page.navigate(site.url("/show"));
        return List.of(page.textContent("#cookie"), page.textContent("#storage"));
    }
}
