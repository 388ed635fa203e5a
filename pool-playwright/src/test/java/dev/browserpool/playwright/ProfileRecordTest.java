package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileRecord;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotState;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger knows of a session afterwards. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class ProfileRecordTest {
    @TempDir
    Path directory;

    private final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    private BrowserPool pool;
    private BrowserSessions browsers;

    @BeforeEach
    void open() {
        pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
        browsers = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"))
                .onClosed(reports::add)
                .build();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @SideBySideTest
    void aFailedSessionsLastCheckpointAndItsEvidenceAreOnRecord() {
        assertThatThrownBy(() -> browsers.call(Requests.onProfile("task", "shop"), session -> {
                    session.checkpoint("logged in");
                    session.checkpoint("at http://shop.test/cart?token=s3cret");
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(IllegalStateException.class);

        ProfileRecord.Ownership last = lastOwnership();
        Path evidence = reports.get(0).evidence().orElseThrow();
        assertThat(last.ended()).isEqualTo(SlotState.FAILED);
        assertThat(last.lock().progress().checkpoint()).contains("at http://shop.test/cart?token=***");
        assertThat(last.lock().progress().evidence()).contains(evidence.toString());
    }

    @SideBySideTest
    void aRevokedSessionsEvidenceIsOnRecordToo() throws Exception {
        try (BrowserSession session = browsers.open(Requests.onProfile("task", "shop"))) {
            session.checkpoint("logged in");
            pool.operations().revoke("task", "for the test");
        }

        await().until(() -> reports.size() == 1);
        ProfileRecord.Ownership last = lastOwnership();
        assertThat(last.ended()).isEqualTo(SlotState.REVOKED);
        assertThat(last.lock().progress().checkpoint()).contains("logged in");
        assertThat(last.lock().progress().evidence())
                .contains(reports.get(0).evidence().orElseThrow().toString());
    }

    @SideBySideTest
    void whoeverComesAfterAKilledBrowserIsToldHowFarTheLastOneGot() throws Exception {
        try (BrowserSession session = browsers.open(Requests.onProfile("frozen", "shop"))) {
            session.checkpoint("logged in");
            Machine.browsersUnder(directory).forEach(browser -> Machine.signal("STOP", browser));
        }

        try (BrowserSession next = browsers.open(Requests.onProfile("next", "shop"))) {
            ProfileLock from = next.lease().recoveredFrom().orElseThrow();
            assertThat(from.status()).isEqualTo(ProfileStatus.FAILED);
            assertThat(from.owner().requestId()).isEqualTo("frozen");
            assertThat(from.progress().checkpoint()).contains("logged in");
            assertThat(from.progress().evidence())
                    .contains(reports.get(0).evidence().orElseThrow().toString());
        }
    }

    private ProfileRecord.Ownership lastOwnership() {
        return pool.profiles().history("shop", 1).get(0).ownership().orElseThrow();
    }
}
