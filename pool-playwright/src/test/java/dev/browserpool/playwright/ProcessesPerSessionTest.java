package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many processes sessions start, without a policy of reuse: a driver, its browser, and the shell that reaps what a killed JVM
 * leaves. {@link ReuseTest} says it of warm ones.
 */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class ProcessesPerSessionTest {
    @TempDir
    Path directory;

    @Test
    void eachStartsOneDriverOneBrowserAndOneReaper() throws Exception {
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            BrowserSessions browsers =
                    BrowserSessions.builder(pool).profiles(directory).build();
            Set<Long> drivers = new HashSet<>();
            Set<Long> mains = new HashSet<>();
            List<SlotRequest> requests =
                    List.of(Requests.ephemeral("1"), Requests.onProfile("2", "shop"), Requests.onProfile("3", "shop"));
            for (SlotRequest request : requests) {
                browsers.call(request, session -> {
                    session.page().navigate("about:blank");
                    assertThat(Machine.drivers()).hasSize(1);
                    assertThat(Machine.browsers()).hasSize(1);
                    assertThat(ProcessHandle.current().children())
                            .hasSize(2)
                            .contains(Machine.drivers().get(0));
                    drivers.add(Machine.drivers().get(0).pid());
                    mains.add(Machine.browsers().get(0).pid());
                    return session;
                });
                assertThat(Machine.leftProcesses()).isEmpty();
            }

            assertThat(drivers).hasSize(requests.size());
            assertThat(mains).hasSize(requests.size());
        }
    }
}
