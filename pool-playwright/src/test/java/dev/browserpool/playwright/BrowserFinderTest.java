package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class BrowserFinderTest {
    @TempDir
    Path home;

    @Test
    void anExplicitPathComesFirst() throws IOException {
        Path explicit = executable("explicit");
        Path variable = executable("variable");

        assertThat(finder(Map.of("BROWSER_POOL_CHROMIUM", variable.toString())).find(Optional.of(explicit)))
                .isEqualTo(explicit);
    }

    @Test
    void thenTheVariable() throws IOException {
        Path variable = executable("variable");
        executable(".cache/ms-playwright/chromium-1200/chrome-linux/chrome");

        assertThat(finder(Map.of("BROWSER_POOL_CHROMIUM", variable.toString())).find(Optional.empty()))
                .isEqualTo(variable);
    }

    @Test
    void thenTheNewestOfPlaywrightsOwnFullBrowsers() throws IOException {
        executable(".cache/ms-playwright/chromium_headless_shell-1300/chrome-linux/headless_shell");
        executable(".cache/ms-playwright/chromium-999/chrome-linux/chrome");
        Path newest = executable(".cache/ms-playwright/chromium-1200/chrome-linux64/chrome");
        executable("bin/chromium");

        assertThat(finder(Map.of("PATH", home.resolve("bin").toString())).find(Optional.empty()))
                .isEqualTo(newest);
    }

    @Test
    void playwrightsOwnBrowsersMayBeElsewhere() throws IOException {
        Path elsewhere = executable("browsers/chromium_headless_shell-1200/chrome-linux/headless_shell");

        assertThat(finder(Map.of(
                                "PLAYWRIGHT_BROWSERS_PATH",
                                home.resolve("browsers").toString()))
                        .find(Optional.empty()))
                .isEqualTo(elsewhere);
    }

    @Test
    void thenAChromiumOrChromeOnThePath() throws IOException {
        executable("second/google-chrome");
        Path chromium = executable("second/chromium");
        String path = home.resolve("first") + ":" + home.resolve("second");

        assertThat(finder(Map.of("PATH", path)).find(Optional.empty())).isEqualTo(chromium);
    }

    @Test
    void aScriptAroundABrowserThatIsNowhereElseIsTakenAsItIs() throws IOException {
        Path script = executable("bin/my-chromium");
        Files.writeString(script, "#!/bin/sh\nexec something\n");

        assertThat(finder(Map.of()).find(Optional.of(script))).isEqualTo(script);
    }

    @Test
    void aVariableThatNamesNoProgramIsAnErrorAndNotSkipped() throws IOException {
        executable("bin/chromium");
        Map<String, String> environment = Map.of(
                "BROWSER_POOL_CHROMIUM",
                "/no/such/browser",
                "PATH",
                home.resolve("bin").toString());

        assertThatThrownBy(() -> finder(environment).find(Optional.empty()))
                .isInstanceOf(BrowserNotFoundException.class)
                .hasMessageContaining("/no/such/browser");
    }

    @Test
    void noBrowserNamesTheCommandThatInstallsOne() {
        BrowserNotFoundException missing = catchThrowableOfType(
                BrowserNotFoundException.class,
                () -> finder(Map.of("PATH", "/nowhere")).find(Optional.empty()));

        assertThat(missing)
                .hasMessageContaining("scripts/ensure-browser")
                .hasMessageContaining("BROWSER_POOL_CHROMIUM");
        assertThat(missing.searched()).hasSize(3).anyMatch(place -> place.contains("ms-playwright"));
    }

    private BrowserFinder finder(Map<String, String> environment) {
        return new BrowserFinder(environment, home);
    }

    private Path executable(String path) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "not a script");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void theHeadlessShellsWrapperIsReplacedByTheProgramBehindIt() {
        Path wrapper = Path.of("/usr/bin/chromium-headless-shell");
        assumeTrue(Files.isExecutable(wrapper), "this machine has no such wrapper");

        assertThat(BrowserWrapper.unwrap(wrapper)).isEqualTo(Path.of("/usr/lib/chromium/chromium-headless-shell"));
    }
}
