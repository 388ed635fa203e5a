package dev.browserpool.playwright.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir
    Path directory;

    /** A JVM in a POSIX locale has no name for a directory of another's whose name is not of ASCII; for this one it is NUL. */
    @Test
    void aDirectoryThatHasNoNameInThisJvmIsAnotherOne() {
        CommandLine foreign = browserOn("/home/j\0rgen/chrome");

        assertThat(foreign.opens(directory)).isFalse();
        assertThat(foreign.mayBeBrowserOn(directory)).isFalse();
        assertThat(foreign.userData()).isEmpty();
    }

    @Test
    void whoIsToldNothingMayBeOnAnyDirectoryAndOpensNone() {
        CommandLine browser = new CommandLine(List.of("/usr/bin/chromium", "--headless"));

        assertThat(browser.opens(directory)).isFalse();
        assertThat(browser.mayBeBrowserOn(directory)).isTrue();
    }

    @Test
    void whoIsToldADirectoryOpensThatWhateverLeadsThere() throws Exception {
        Path real = directory.toRealPath();
        Path link = real.resolveSibling(real.getFileName() + "-link");
        Files.createSymbolicLink(link, real);
        try {
            assertThat(browserOn(link.toString()).opens(real)).isTrue();
            assertThat(browserOn(real + "x").opens(real)).isFalse();
            assertThat(browserOn(real + "x").mayBeBrowserOn(real)).isFalse();
        } finally {
            Files.delete(link);
        }
    }

    private static CommandLine browserOn(String userData) {
        return new CommandLine(List.of("/usr/bin/chromium", "--user-data-dir=" + userData));
    }
}
