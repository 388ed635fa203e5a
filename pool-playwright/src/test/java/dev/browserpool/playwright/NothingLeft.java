package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test no process, no zombie and no Playwright thread that it started lives, and no temporary directory is left. */
final class NothingLeft implements BeforeEachCallback, AfterEachCallback {
    private Set<Path> before = Set.of();

    @Override
    public void beforeEach(ExtensionContext context) {
        before = Machine.temporaryDirectories();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(Machine.leftProcesses()).as("processes left").isEmpty();
        await("zombies").untilAsserted(() -> assertThat(Machine.zombies()).isEmpty());
        await("threads")
                .untilAsserted(() -> assertThat(DriverThreads.now().threads())
                        .as("Playwright's threads left")
                        .noneMatch(Thread::isAlive));
        // Other programs on this machine use Playwright too; what they leave for a moment is not ours.
        await("temporary directories").atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Set<Path> left = new HashSet<>(Machine.temporaryDirectories());
            left.removeAll(before);
            assertThat(left).as("temporary directories left").isEmpty();
        });
    }
}
