package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Proxy;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.host.CommandLine;
import dev.browserpool.playwright.host.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("browser")
@ExtendWith(NothingLeft.class)
class SessionOptionsTest {
    @TempDir
    Path directory;

    private BrowserPool pool;
    private BrowserSessions browsers;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
        browsers = BrowserSessions.builder(pool)
                .profiles(directory)
                .defaults(options -> options.viewport(401, 302))
                .build();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void anEphemeralPageSeesThem() throws Exception {
        assertThat(seen(Requests.ephemeral("e"), SessionOptionsTest::german))
                .containsExactly("de-DE", "Asia/Tokyo", 801, 602);
    }

    @Test
    void aProfilesPageSeesThem() throws Exception {
        assertThat(seen(Requests.onProfile("p", "shop"), SessionOptionsTest::german))
                .containsExactly("de-DE", "Asia/Tokyo", 801, 602);
    }

    @Test
    void defaultsCountWhereASessionSaysNothing() throws Exception {
        assertThat(seen(Requests.ephemeral("e"), options -> {})).endsWith(401, 302);
    }

    @Test
    void anEphemeralSessionMayStartFromAStoredState() throws Exception {
        Path state = Files.writeString(directory.resolve("state.json"), """
                {"cookies": [{"name": "who", "value": "anna", "domain": "127.0.0.1", "path": "/", "expires": -1,
                  "httpOnly": false, "secure": false, "sameSite": "Lax"}], "origins": []}""");

        String cookie = browsers.call(
                Requests.ephemeral("e"),
                options -> options.storageState(state),
                session -> session.context().cookies().get(0).value);

        assertThat(cookie).isEqualTo("anna");
    }

    @Test
    void theWayOutToPlaywrightsOwnOptionsCanNotUndoWhatThePoolNeeds() throws Exception {
        Consumer<SessionOptions.Builder> change = options -> options.launch(
                        launch -> launch.setArgs(List.of("--user-switch")).setEnv(Map.of("ONLY", "this")))
                .arguments("--other-switch")
                .context(context -> context.setUserAgent("a test"));
        try (BrowserSession session = browsers.open(Requests.ephemeral("e"), change)) {
            assertThat(session.page().evaluate("navigator.userAgent")).isEqualTo("a test");
            assertThat(Machine.browsers()).hasSize(1);
            assertThat(CommandLine.of(Machine.browsers().get(0)).tag())
                    .as("nobody else's, though another pool may grant the same request under the same token")
                    .hasValueSatisfying(tag -> assertThat(tag)
                            .matches("e-" + session.lease().token() + "-[a-z0-9]{6}-"
                                    + ProcessHandle.current().pid()));
            assertThat(Processes.commandLine(Machine.browsers().get(0))).contains("--user-switch", "--other-switch");
        }
    }

    @Test
    void whatCanNotWorkIsRefusedBeforeAnybodyWaits() {
        SlotRequest child = SlotRequest.builder("child", OperationType.AGENT)
                .under("parent")
                .build();

        assertThatThrownBy(() -> browsers.open(child))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parent");
        assertThatThrownBy(() -> browsers.open(
                        Requests.onProfile("p", "shop"), options -> options.storageState(Path.of("state.json"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("storageState");
        assertThatThrownBy(() -> BrowserSessions.builder(pool).build().open(Requests.onProfile("p", "shop")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("profiles(directory)");
        assertThat(pool.recent(10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--user-data-dir=/tmp/other",
                "-remote-debugging-port=9222",
                " --Pool-Lease=another",
                "--profile-directory=Profile 1"
            })
    void switchesThatThePoolNeedsForItselfAreRefusedByName(String argument) {
        SessionOptions.Builder options = SessionOptions.builder();

        assertThatThrownBy(() -> options.arguments(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("--[a-z-]+ is set by the pool.*leave it out");
        assertThatThrownBy(() -> ReservedSwitches.refuse(List.of(), List.of(argument), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theWayOutToPlaywrightsOwnOptionsDoesNotLeadToAnotherDirectory() {
        BrowserSessionException refused = catchThrowableOfType(
                BrowserSessionException.class,
                () -> browsers.open(
                        Requests.ephemeral("e"),
                        options -> options.launch(launch -> launch.setIgnoreAllDefaultArgs(true))));

        assertThat(refused).hasMessageContaining("ignoreAllDefaultArgs").hasMessageContaining("leave out by");
        assertThatThrownBy(() -> browsers.open(
                        Requests.onProfile("p", "shop"),
                        options -> options.persistent(own -> own.setArgs(List.of("--user-data-dir=/tmp/other")))))
                .hasMessageContaining("--user-data-dir is set by the pool");
    }

    @Test
    void valuesThatCanNotBeMeantAreRefusedWithWhatWouldBeRight() {
        SessionOptions.Builder options = SessionOptions.builder();

        assertThatThrownBy(() -> options.locale("German (Berlin)"))
                .hasMessageContaining("'German (Berlin)', it must be");
        assertThatThrownBy(() -> options.timezone("Berlin")).hasMessageContaining("'Berlin', it must be");
        assertThatThrownBy(() -> options.viewport(0, 600)).hasMessageContaining("0 x 600");
        assertThatThrownBy(() -> options.arguments("https://example.test")).hasMessageContaining("page().navigate");
        assertThatThrownBy(() -> options.proxy(new Proxy(" "))).hasMessageContaining("no server");
        assertThatThrownBy(() -> browsers.open(
                        Requests.ephemeral("e"), chosen -> chosen.storageState(directory.resolve("nothing.json"))))
                .hasMessageContaining("nothing.json is no file");
    }

    private static void german(SessionOptions.Builder options) {
        options.locale("de-DE").timezone("Asia/Tokyo").viewport(801, 602);
    }

    private List<Object> seen(SlotRequest request, Consumer<SessionOptions.Builder> change) throws Exception {
        try (BrowserSession session = browsers.open(request, change)) {
            Page page = session.page();
            return List.of(
                    page.evaluate("navigator.language"),
                    page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone"),
                    page.evaluate("innerWidth"),
                    page.evaluate("innerHeight"));
        }
    }
}
