package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.host.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A trace whose driver dies. Alone in its class: Playwright for Java makes a directory for each trace, which only its own stop of the
 * trace deletes, and which does not say whose it is.
 */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class CutOffTraceTest {
    @Test
    void wasInTheSessionsOwnDirectoryAndLeavesAnEmptyOneOfPlaywrights(@TempDir Path directory) throws Exception {
        Set<Path> before = Machine.traces();
        Set<Path> playwrights = new HashSet<>();
        Path own;
        try (TestSite site = new TestSite();
                BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
                BrowserSession session = BrowserSessions.builder(pool)
                        .profiles(directory.resolve("profiles"))
                        .evidence(directory.resolve("evidence"))
                        .evidenceOf(EnumSet.of(EvidencePart.TRACE))
                        .build()
                        .open(Requests.onProfile("traced", "shop"))) {
            session.page().navigate(site.url("/hello"));
            playwrights.addAll(Machine.traces());
            playwrights.removeAll(before);
            Death.Family processes = Death.Family.of("traced");
            own = Machine.temporaryDirectories().stream()
                    .filter(path -> Processes.withTemporaryDirectory(path).anyMatch(processes.browser()::equals))
                    .findFirst()
                    .orElseThrow();
            assertThat(own.resolve("traces")).isNotEmptyDirectory();
            Machine.signal("KILL", processes.driver());
        }

        assertThat(own).doesNotExist();
        if (!Machine.othersUsePlaywright()) {
            for (Path left : playwrights) {
                assertThat(left).isEmptyDirectory();
                Files.delete(left);
            }
        }
    }
}
