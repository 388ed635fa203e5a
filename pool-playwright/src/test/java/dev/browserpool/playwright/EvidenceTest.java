package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileLock;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.host.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("browser")
@ExtendWith(NothingLeft.class)
class EvidenceTest {
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
        return BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .onClosed(reports::add);
    }

    @SideBySideTest
    void hasFailedRequestsAndCookieNamesAndTheDocumentAndNoSecret() throws Exception {
        fail(builder()
                .evidence(directory.resolve("evidence"))
                .evidenceOf(EnumSet.complementOf(EnumSet.of(EvidencePart.VIDEO)))
                .redactor(text -> text.replaceAll("\\d{4}-\\d{4}", "(card)").replace("session", "(name)")));

        Path evidence = reports.get(0).evidence().orElseThrow();
        assertThat(evidence.resolve("requests.txt"))
                .content()
                .contains("GET " + site.url("/missing?key=***") + " 404")
                .contains("GET http://127.0.0.1:1/?key=*** no answer")
                .doesNotContain("/failing");
        assertThat(evidence.resolve("cookies.txt")).hasContent("127.0.0.1 (name)");
        assertThat(evidence.resolve("dom.html"))
                .content()
                .contains("card (card)")
                .doesNotContain("4711");
        assertThat(evidence.resolve("manifest.json")).content().contains("\"cause\": \"CODE\"");
        try (ZipFile trace = new ZipFile(evidence.resolve("trace.zip").toFile())) {
            assertThat(trace.stream()).anyMatch(entry -> entry.getName().endsWith(".trace"));
        }
        for (String file : List.of("requests.txt", "cookies.txt", "page.json", "console.txt", "manifest.json")) {
            assertThat(evidence.resolve(file)).content().doesNotContain("4711").doesNotContain("key=s3cret");
        }
    }

    /** What it would leave is found at the end of this class. */
    @SideBySideTest
    void aTraceThatNobodyWantsLeavesNothing() throws Exception {
        BrowserSessions traced = builder()
                .evidence(directory.resolve("evidence"))
                .evidenceOf(EnumSet.of(EvidencePart.TRACE))
                .build();

        traced.call(Requests.ephemeral("well"), session -> session.page().navigate(site.url("/hello")));

        assertThat(reports.get(0).evidence()).isEmpty();
    }

    @SideBySideTest
    void aRedactorThatFailsLeavesTextsOut() throws Exception {
        UnaryOperator<String> broken = text -> {
            throw new IllegalStateException("on purpose");
        };
        fail(builder().evidence(directory.resolve("evidence")).redactor(broken));

        Path evidence = reports.get(0).evidence().orElseThrow();
        assertThat(evidence.resolve("page.json"))
                .content()
                .contains("the redactor failed")
                .doesNotContain("failing");
        assertThat(evidence.resolve("screenshot.png")).isNotEmptyFile();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource
    void isSavedAsThePolicySays(EvidencePolicy policy) throws Exception {
        BrowserSessions browsers = builder()
                .evidence(directory.resolve("evidence"))
                .evidencePolicy(policy)
                .build();

        browsers.call(Requests.ephemeral("fine"), session -> session.page().url());
        browsers.open(Requests.ephemeral("no-verdict")).close();

        assertThat(reports.get(0).evidence().isPresent()).isEqualTo(policy == EvidencePolicy.ALWAYS);
        assertThat(reports.get(1).evidence().isPresent()).isEqualTo(policy != EvidencePolicy.NEVER);
        assertThat(reports).allMatch(report -> report.evidenceProblem().isEmpty());
    }

    /** What a store can do wrong. */
    private enum Trouble implements EvidenceStore {
        FAILS_AT_THE_BEGINNING("on purpose") {
            @Override
            public Path begin(Key key) throws IOException {
                throw new IOException("on purpose");
            }
        },
        HANGS_AT_THE_BEGINNING("did not answer to begin") {
            @Override
            public Path begin(Key key) throws IOException {
                return hang();
            }
        },
        HAS_NO_SPACE_LEFT("No space left on device") {
            @Override
            public Path begin(Key key) throws IOException {
                Path full = Files.createTempDirectory("full");
                for (String file : List.of("manifest.json", "screenshot.png", "page.json")) {
                    Files.createSymbolicLink(full.resolve(file), Path.of("/dev/full"));
                }
                return full;
            }
        },
        FAILS_AT_THE_END("its store failed: java.lang.IllegalStateException: on purpose") {
            @Override
            public Path complete(Key key, Path written) {
                throw new IllegalStateException("on purpose");
            }
        },
        HANGS_AT_THE_END("did not answer to complete") {
            @Override
            public Path complete(Key key, Path written) throws IOException {
                return hang();
            }
        };

        final String told;

        Trouble(String told) {
            this.told = told;
        }

        @Override
        public Path begin(Key key) throws IOException {
            return Files.createTempDirectory("evidence");
        }

        @Override
        public Path complete(Key key, Path written) throws IOException {
            return written;
        }

        @Override
        public void discard(Key key, Path written) throws IOException {
            Directories.delete(written);
        }

        private static Path hang() throws IOException {
            try {
                new CountDownLatch(1).await();
                return Path.of("never");
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource
    void thatCanNotBeKeptIsOnRecordAndKeepsNobodyWaiting(Trouble trouble) throws Exception {
        long start = System.nanoTime();

        fail(builder().evidence(trouble).evidenceBudget(Duration.ofSeconds(4)));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        SessionReport report = reports.get(0);
        assertThat(report.evidence()).isEmpty();
        assertThat(report.evidenceProblem().orElseThrow()).contains(trouble.told);
        assertThat(report.killed()).isFalse();
        assertThat(pool.profiles().all()).isEmpty();
        ProfileLock.Progress progress = pool.profiles()
                .history("shop", 1)
                .get(0)
                .ownership()
                .orElseThrow()
                .lock()
                .progress();
        assertThat(progress.evidence().orElseThrow()).startsWith("not saved: ").contains(trouble.told);
    }

    @SideBySideTest
    void notesAndCheckpointsAreOnRecordWhileTheSessionRuns() throws Exception {
        builder().build().call(Requests.onProfile("task", "shop"), session -> {
            session.note("cart", "2 items");
            session.checkpoint("logged in");
            session.note("cart", "3 items");
            session.note("link", "http://shop.test/?token=s3cret");

            ProfileLock lock = pool.profiles().current("shop").get(0);
            assertThat(lock.progress().checkpoint())
                    .contains("logged in [link=http://shop.test/?token=***, cart=3 items]");
            return "";
        });
    }

    private void fail(BrowserSessionsBuilder builder) {
        assertThatThrownBy(() -> builder.build().call(Requests.onProfile("task", "shop"), session -> {
                    session.page().navigate(site.url("/failing"));
                    session.page().waitForCondition(() -> session.page().title().equals("failed"));
                    throw new IllegalArgumentException("on purpose");
                }))
                .isExactlyInstanceOf(IllegalArgumentException.class);
    }
}
