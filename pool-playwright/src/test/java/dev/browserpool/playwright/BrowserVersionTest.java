package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.directory.BrowserVersion;
import dev.browserpool.playwright.directory.GuardRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
@ExtendWith(NothingLeft.class)
class BrowserVersionTest {
    @TempDir
    Path directory;

    @Test
    void theNewestThatWasNotedCountsAndOnlyMajorOnesAreCompared() throws Exception {
        assertThat(BrowserVersion.on(directory)).isEmpty();
        Files.writeString(directory.resolve("Last Version"), "151.0.7871.100");
        new BrowserVersion("150.1.1.1").noteOn(directory);

        assertThat(BrowserVersion.on(directory)).contains(new BrowserVersion("151.0.7871.100"));
        assertThat(new BrowserVersion("151.0.2.0").isNewerThan(new BrowserVersion("151.0.1.0")))
                .isFalse();
        assertThat(new BrowserVersion("1000.0").isNewerThan(new BrowserVersion("151.0.1.0")))
                .isTrue();
    }

    @Test
    void theBrowserSaysItselfWhichOneItIsAndAScriptThatSaysNothingIsNone() throws Exception {
        assertThat(BrowserVersion.of(TestBrowsers.chromium()).orElseThrow().text())
                .matches("\\d+(\\.\\d+){3}");
        Path silent = Files.writeString(directory.resolve("silent"), "#!/bin/sh\n");
        assertThat(silent.toFile().setExecutable(true)).isTrue();
        assertThat(BrowserVersion.of(silent)).isEmpty();
        assertThat(BrowserVersion.of(directory.resolve("nothing"))).isEmpty();
    }

    @Test
    void aProfileThatANewerBrowserUsedIsNotOpened() throws Exception {
        Path shop = Files.createDirectories(directory.resolve("shop"));
        new BrowserVersion("9999.0.0.1").noteOn(shop);
        new GuardRecord(1, "earlier", "here", 1, false).write(shop);
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            BrowserSessions browsers =
                    BrowserSessions.builder(pool).profiles(directory).build();

            BrowserSessionException refused = catchThrowableOfType(
                    BrowserSessionException.class, () -> browsers.open(Requests.onProfile("one", "shop")));

            assertThat(refused.step()).isEqualTo(BrowserSessionException.Step.VERSION);
            assertThat(refused)
                    .hasMessageContaining("9999.0.0.1")
                    .hasMessageContaining("restore a snapshot")
                    .hasMessageContaining("delete");
            assertThat(FailureCause.of(refused)).isEqualTo(FailureCause.PROFILE_CORRUPT);
            assertThat(shop.resolve("Default")).doesNotExist();
            assertThat(GuardRecord.read(shop).orElseThrow().token()).isEqualTo(1);
        }
    }
}
