package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import com.microsoft.playwright.options.Proxy;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileRule;
import dev.browserpool.SlotRequest;
import dev.browserpool.contract.LogCapture;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
class SessionProxyTest {
    private static final String PASSWORD = "pr0xy-s3cret";

    @TempDir
    Path directory;

    private final TestProxy proxy = new TestProxy(PASSWORD);
    private final TestProxy other = new TestProxy(null);
    private BrowserPool pool;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withProxy("eu-1"));
    }

    @AfterEach
    void close() {
        assertThat(pool.status().running()).isEmpty();
        pool.close();
        proxy.close();
        other.close();
    }

    @Test
    void aProfileThatIsBoundToAProxyGoesThroughIt() throws Exception {
        String title = title(resolving(), Requests.onProfile("request", "shop"), options -> {});

        assertThat(title).isEqualTo("through the proxy");
        assertThat(proxy.hosts()).contains("shop.test");
        Path evidence = evidence();
        assertThat(evidence).content().contains("\"proxy\": \"eu-1\"").doesNotContain(PASSWORD);
    }

    @Test
    void soDoesARequestThatNamesOne() throws Exception {
        assertThat(title(resolving(), ephemeral("eu-1"), options -> {})).isEqualTo("through the proxy");
        assertThat(proxy.hosts()).contains("shop.test");
    }

    @Test
    void aNameThatTheResolverDoesNotKnowStartsNothing() {
        BrowserSessionException refused = refused(resolving(), ephemeral("mars-1"), options -> {});

        assertThat(refused)
                .hasMessageContaining("request request")
                .hasMessageContaining("proxy mars-1")
                .hasMessageContaining("does not know");
    }

    @Test
    void aProfileNeverRunsWithoutItsProxyBecauseNobodySaidWhatItIs() {
        BrowserSessionException refused = refused(sessions(), Requests.onProfile("request", "shop"), options -> {});

        assertThat(refused).hasMessageContaining("proxy eu-1").hasMessageContaining("builder(pool).proxies(resolver)");
        assertThat(directory.resolve("profiles")).doesNotExist();
    }

    @Test
    void aRequestWhoseProxyNobodyKnowsDoesNotWaitForASlot() {
        assertThatThrownBy(() -> sessions().build().open(ephemeral("eu-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("proxy eu-1")
                .hasMessageContaining("builder(pool).proxies(resolver)");
        assertThat(pool.recent(10)).isEmpty();
    }

    @Test
    void withoutAResolverTheProxyOfTheOptionsIsTakenForIt() throws Exception {
        String title =
                title(sessions(), Requests.onProfile("request", "shop"), options -> options.proxy(other.proxy()));

        assertThat(title).isEqualTo("through the proxy");
        assertThat(other.hosts()).contains("shop.test");
    }

    @Test
    void whatWouldLeadItElsewhereIsRefused() {
        SlotRequest request = Requests.onProfile("request", "shop");

        assertThat(refused(resolving(), request, options -> options.proxy(other.proxy())))
                .hasMessageContaining("its options set a proxy");
        assertThat(refused(resolving(), request, options -> options.persistent(own -> own.setProxy(other.proxy()))))
                .hasMessageContaining("its Playwright options set a proxy");
        assertThat(refused(
                        resolving(), ephemeral("eu-1"), options -> options.context(own -> own.setProxy(other.proxy()))))
                .hasMessageContaining("its Playwright options set a proxy");
        assertThat(refused(resolving(), request, options -> options.arguments("--no-proxy-server")))
                .hasMessageContaining("--no-proxy-server");
        assertThat(refused(
                        resolving(), request, options -> options.persistent(own -> own.setIgnoreAllDefaultArgs(true))))
                .hasMessageContaining("ignoreAllDefaultArgs");
        assertThat(other.hosts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--no-proxy-server",
                "-no-proxy-server",
                " -proxy-bypass-list=*",
                "-proxy-server=other:1",
                "--proxy-pac-url=http://other.test/",
                "--proxy-auto-detect",
                "-winhttp-proxy-resolver",
                "/No-Proxy-Server",
                "--load-extension=/tmp/one",
                "-host-resolver-rules=MAP * 10.0.0.1"
            })
    void noSwitchLeadsPastTheProxyNeitherAddedNorDropped(String argument) {
        SessionProxy named = new SessionProxy("eu", proxy.proxy());

        assertThatThrownBy(() -> named.refuseSwitches(List.of(argument), null, null))
                .isInstanceOf(UnusableProxyException.class)
                .hasMessageContaining("proxy eu, but its switches say --");
        assertThatThrownBy(() -> named.refuseSwitches(List.of(), List.of(argument), false))
                .isInstanceOf(UnusableProxyException.class);
        assertThatCode(() -> named.refuseSwitches(List.of("--lang=proxy", "proxy.test"), null, null))
                .doesNotThrowAnyException();
    }

    @Test
    void nothingLeadsPastTheProxyOfTheOptionsEitherWhenItStandsForTheName() {
        SlotRequest request = Requests.onProfile("request", "shop");
        Consumer<SessionOptions.Builder> itsOwn = options -> options.proxy(proxy.proxy());

        assertThat(refused(sessions(), request, itsOwn.andThen(options -> options.arguments("-no-proxy-server"))))
                .hasMessageContaining("--no-proxy-server");
        assertThat(refused(
                        sessions(),
                        request,
                        itsOwn.andThen(options -> options.persistent(own -> own.setProxy(other.proxy())))))
                .hasMessageContaining("its Playwright options set a proxy");
        assertThat(refused(
                        sessions(),
                        ephemeral("eu-1"),
                        itsOwn.andThen(options -> options.launch(own -> own.setIgnoreAllDefaultArgs(true)))))
                .hasMessageContaining("ignoreAllDefaultArgs");
    }

    @Test
    void aResolverThatAnswersNullKnowsNoSuchProxy() {
        assertThat(refused(sessions().proxies(SessionProxyTest::nothing), ephemeral("eu-1"), options -> {}))
                .hasMessageContaining("does not know");
    }

    @SuppressWarnings({"NullAway", "OptionalAssignedToNull", "NullOptional"})
    private static Optional<Proxy> nothing(String id) {
        return null;
    }

    @Test
    void aResolverThatFailsStartsNothing() {
        BrowserSessionException refused = refused(
                sessions().proxies(id -> {
                    throw new IllegalStateException("no vault, tried " + PASSWORD, new IOException(PASSWORD));
                }),
                ephemeral("eu-1"),
                options -> {});

        assertThat(refused).hasMessageContaining("IllegalStateException");
        assertThat(stackTrace(refused))
                .contains("aResolverThatFailsStartsNothing")
                .doesNotContain(PASSWORD);
        assertThat(pool.slot("request").orElseThrow().ending().orElseThrow().toString())
                .doesNotContain(PASSWORD);
    }

    @Test
    void itsPasswordIsNeitherInAFailureNorInTheLog() throws Exception {
        Path broken = directory.resolve("broken-browser");
        Files.writeString(broken, "#!/bin/sh\necho \"started with $@\" >&2\nenv >&2\nexit 1\n");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwx------"));
        try (LogCapture log = LogCapture.from(Level.DEBUG)) {
            BrowserSessionException failed = catchThrowableOfType(
                    BrowserSessionException.class,
                    () -> resolving().executable(broken).build().open(ephemeral("eu-1")));
            assertThat(log.linesWith(PASSWORD)).isEmpty();
            assertThat(stackTrace(failed))
                    .contains("started with")
                    .contains("--proxy-server")
                    .doesNotContain(PASSWORD);
        }
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private BrowserSessionException refused(
            BrowserSessionsBuilder sessions, SlotRequest request, Consumer<SessionOptions.Builder> change) {
        BrowserSessionException refused = catchThrowableOfType(
                BrowserSessionException.class, () -> sessions.build().open(request, change));
        assertThat(refused.step()).isIn(BrowserSessionException.Step.PROXY, BrowserSessionException.Step.LAUNCH);
        assertThat(Machine.leftProcesses()).isEmpty();
        return refused;
    }

    private static String title(
            BrowserSessionsBuilder sessions, SlotRequest request, Consumer<SessionOptions.Builder> change)
            throws InterruptedException {
        try (BrowserSession session = sessions.build().open(request, change)) {
            session.page().navigate("http://shop.test/");
            return session.page().title();
        }
    }

    private Path evidence() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("evidence"))) {
            List<Path> manifests =
                    all.filter(file -> file.endsWith("manifest.json")).toList();
            assertThat(manifests).hasSize(1);
            return manifests.get(0);
        }
    }

    private static SlotRequest ephemeral(String proxyId) {
        return SlotRequest.builder("request", OperationType.AGENT)
                .proxyId(proxyId)
                .build();
    }

    private BrowserSessionsBuilder resolving() {
        return sessions().proxies(id -> id.equals("eu-1") ? Optional.of(proxy.proxy()) : Optional.empty());
    }

    private BrowserSessionsBuilder sessions() {
        return BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"));
    }
}
