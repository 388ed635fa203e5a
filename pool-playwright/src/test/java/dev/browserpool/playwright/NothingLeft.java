package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * After each test no process, no zombie and no Playwright thread that it started lives, and no temporary directory is left; after
 * tests that run side by side, when the last one has ended.
 */
final class NothingLeft implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private Set<Path> before = Set.of();
    private boolean isAlone = true;

    @Override
    public void beforeAll(ExtensionContext context) {
        before = Machine.temporaryDirectories();
        isAlone = !Machine.othersUsePlaywright();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionMode() == ExecutionMode.SAME_THREAD) {
            assertNothingLeft();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertNothingLeft();
    }

    private void assertNothingLeft() {
        assertThat(Machine.leftProcesses()).as("processes left").isEmpty();
        await("zombies").untilAsserted(() -> assertThat(Machine.zombies()).isEmpty());
        await("threads")
                .untilAsserted(() -> assertThat(DriverThreads.now().threads())
                        .as("Playwright's threads left")
                        .noneMatch(Thread::isAlive));
        await("temporary directories").atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Set<Path> left = new HashSet<>(Machine.temporaryDirectories());
            left.removeAll(before);
            isAlone = isAlone && !Machine.othersUsePlaywright();
            left.removeIf(path -> !isAlone && !Machine.isOurs(path));
            assertThat(left).as("temporary directories left").isEmpty();
        });
    }
}
