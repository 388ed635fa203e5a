package dev.browserpool.examples.dashboard.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.AdmissionGate;
import dev.browserpool.BrowserPool;
import dev.browserpool.DiskSpaceGate;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps newcomers out, in one word. */
class PressureJsonTest {
    @Test
    void aFullDiskIsNotTakenForMemoryByTheNameOfItsDirectory(@TempDir Path directory) {
        AdmissionGate disk = DiskSpaceGate.of(directory.resolve("memory"), Long.MAX_VALUE);
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            PressureJson pressure = PressureJson.of(pool.status(), List.of(disk));

            assertThat(pressure.reasons()).extracting(PressureJson.Reason::kind).containsExactly("host");
        }
    }
}
