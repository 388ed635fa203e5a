package dev.browserpool.examples.watch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** With processes that look like browsers from outside: the watch has nothing else to go by. */
@Isolated("it counts the browsers of this JVM")
class BrowserWatchTest {
    @Test
    void itCountsBrowsersAndSeesTwoOnOneDirectory() throws Exception {
        try (BrowserWatch watch = BrowserWatch.start()) {
            Process first = lookalike("t1", "/profiles/a");
            Process second = lookalike("t2", "/profiles/b");
            await().atMost(10, SECONDS).until(() -> watch.most() == 2);
            assertThat(watch.directoriesInTwoHands()).isEmpty();

            Process third = lookalike("t3", "/profiles/a");
            await().atMost(10, SECONDS).until(() -> watch.most() == 3);

            assertThat(watch.directoriesInTwoHands()).containsExactly("/profiles/a");
            assertThat(watch.browsers()).isEqualTo(3);
            assertThat(watch.stillRunning(Duration.ofMillis(1)))
                    .filteredOn(line -> line.contains("--pool-lease="))
                    .hasSize(3);

            for (Process each : new Process[] {first, second, third}) {
                stop(each);
            }
            assertThat(watch.stillRunning(Duration.ofSeconds(10))).isEmpty();
        }
    }

    @Test
    void whatRanBeforeItsStartDoesNotCount() throws Exception {
        Process earlier = lookalike("t1", "/profiles/a");
        await().atMost(10, SECONDS)
                .until(() -> earlier.descendants()
                        .anyMatch(handle -> BrowserProcess.of(handle).isPresent()));
        try (BrowserWatch watch = BrowserWatch.start()) {
            await().atMost(10, SECONDS).until(() -> watch.samples() > 3);

            assertThat(watch.most()).isZero();
            assertThat(watch.stillRunning(Duration.ZERO)).isEmpty();
        } finally {
            stop(earlier);
        }
    }

    @Test
    void aBrowserWhoseDriverDiedIsFoundAllTheSame() throws Exception {
        try (BrowserWatch watch = BrowserWatch.start()) {
            List<ProcessHandle> orphans = orphans(watch);

            assertThat(watch.stillRunning(Duration.ofMillis(1)))
                    .anySatisfy(line -> assertThat(line).contains("--pool-lease=orphan"))
                    .hasSameSizeAs(orphans);

            orphans.forEach(ProcessHandle::destroyForcibly);
            assertThat(watch.stillRunning(Duration.ofSeconds(10))).isEmpty();
        }
    }

    @Test
    void aBrowserWhoseDriverDiedCountsUntilItIsGone() throws Exception {
        try (BrowserWatch watch = BrowserWatch.start()) {
            List<ProcessHandle> orphans = orphans(watch);
            Instant orphaned = Instant.now();
            Process second = lookalike("t2", "/profiles/b");
            await().atMost(10, SECONDS).until(() -> watch.most() == 2);

            orphans.forEach(ProcessHandle::destroyForcibly);
            await().atMost(10, SECONDS).until(() -> orphans.stream().noneMatch(ProcessHandle::isAlive));
            Instant gone = Instant.now();
            int samples = watch.samples();
            await().atMost(10, SECONDS).until(() -> watch.samples() > samples + 1);

            assertThat(watch.lastSeen(Path.of("/profiles/a"), orphaned))
                    .hasValueSatisfying(last -> assertThat(last).isBetween(orphaned, gone));
            assertThat(watch.lastSeen(Path.of("/profiles/b"), orphaned)).isEmpty();
            stop(second);
        }
    }

    /** A browser, and below it its parts, whose driver is dead. */
    private static List<ProcessHandle> orphans(BrowserWatch watch) throws Exception {
        Process driver = lookalike("orphan", "/profiles/a", "sleep 20; :");
        await().atMost(10, SECONDS).until(() -> watch.most() == 1);
        ProcessHandle browser = driver.children().findFirst().orElseThrow();
        List<ProcessHandle> orphans =
                Stream.concat(Stream.of(browser), browser.descendants()).toList();
        driver.destroyForcibly().waitFor();
        return orphans;
    }

    /** Runs until its standard input ends, which it does when its driver dies. */
    private static Process lookalike(String lease, String directory) throws IOException {
        return lookalike(lease, directory, "read -r line");
    }

    /** A grandchild of this JVM, as a browser is behind its driver; only its own command line has the switches. */
    private static Process lookalike(String lease, String directory, String work) throws IOException {
        String browser = "sh -c \"$WORK\" browser --pool$DASH$LEASE --user-data-dir=$DIRECTORY; :";
        ProcessBuilder driver = new ProcessBuilder("sh", "-c", browser);
        driver.environment().putAll(Map.of("WORK", work, "DASH", "-lease=", "LEASE", lease, "DIRECTORY", directory));
        return driver.start();
    }

    private static void stop(Process lookalike) throws IOException, InterruptedException {
        lookalike.getOutputStream().close();
        lookalike.waitFor();
    }
}
