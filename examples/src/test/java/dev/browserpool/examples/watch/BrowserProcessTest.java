package dev.browserpool.examples.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrowserProcessTest {
    private static final ProcessHandle SELF = ProcessHandle.current();

    @Test
    void aMainProcessShowsItsLeaseAndItsDirectory() {
        assertThat(of("/usr/bin/chromium", "--pool-lease=t1", "--user-data-dir=/tmp/my profiles/a", "--mute"))
                .contains(new BrowserProcess(SELF, "t1", "/tmp/my profiles/a"));
    }

    @Test
    void aRendererIsNoBrowser() {
        assertThat(of("/usr/bin/chromium", "--type=renderer", "--pool-lease=t1"))
                .isEmpty();
        assertThat(of("/usr/bin/chromium --type=gpu-process --pool-lease=t1")).isEmpty(); // its title
    }

    @Test
    void aBrowserOfSomebodyElseIsNoneOfOurs() {
        assertThat(of("/usr/bin/chromium", "--user-data-dir=/home/me")).isEmpty();
    }

    @Test
    void aScriptThatLooksForABrowserIsNone() {
        assertThat(of("/bin/sh", "-c", "grep -e \"--pool-lease=$name\" /proc/*/cmdline", "reaper", "t1"))
                .isEmpty();
    }

    private static Optional<BrowserProcess> of(String... arguments) {
        return BrowserProcess.of(SELF, List.of(arguments));
    }

    @Test
    void aProcessThatIsGoneHasNoCommandLine() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();

        assertThat(BrowserProcess.commandLine(gone.toHandle())).isEmpty();
    }

    @Test
    void aForkThatHasNotBecomeItselfYetIsNoSecondBrowser() {
        ProcessHandle parent = SELF.parent().orElseThrow();
        BrowserProcess browser = new BrowserProcess(parent, "t1", "/p");
        Set<ProcessHandle> below = Set.of(SELF, parent);

        assertThat(new BrowserProcess(SELF, "t1", "/p").isNoFork(List.of(browser), below))
                .isFalse();
        assertThat(new BrowserProcess(SELF, "t2", "/p").isNoFork(List.of(browser), below))
                .isTrue();
    }

    @Test
    void aForkWhoseParentIsGoneIsNoSecondBrowser() {
        assertThat(new BrowserProcess(SELF, "t1", "/p").isNoFork(List.of(), Set.of(SELF)))
                .isFalse();
    }
}
