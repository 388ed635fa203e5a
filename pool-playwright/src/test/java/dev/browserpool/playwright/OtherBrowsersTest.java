package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Firefox and WebKit: Playwright's own builds or nothing. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class OtherBrowsersTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = "CHROMIUM", mode = EnumSource.Mode.EXCLUDE)
    @Execution(ExecutionMode.CONCURRENT)
    void withoutPlaywrightsBuildItSaysWhereThatShouldBeAndTheProfileIsGivenBack(BrowserKind kind) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        assumeTrue(TestBrowsers.inPlaywrightsInstall(name).isEmpty(), "Playwright has one here");
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            BrowserSessions browsers = BrowserSessions.builder(pool)
                    .browser(kind)
                    .profiles(directory)
                    .build();

            BrowserSessionException failed = catchThrowableOfType(
                    BrowserSessionException.class, () -> browsers.open(Requests.onProfile("task", "shop")));

            assertThat(failed.step()).isEqualTo(BrowserSessionException.Step.LAUNCH);
            assertThat(failed).hasMessageContaining("Executable doesn't exist").hasMessageContaining(name + "-");
            assertThat(pool.status().running()).isEmpty();
            assertThat(pool.profiles().all()).isEmpty();
        }
    }
}
