package dev.browserpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.browserpool.contract.LogCapture;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is nearly full lets nobody in. */
class DiskSpaceGateTest {
    private static final SlotRequest REQUEST = SlotRequest.of("a", OperationType.TEST_RUN);
    private static final long GIGABYTE = 1_000_000_000;

    @TempDir
    Path temporary;

    @Test
    void tooLittleSpaceIsNamedWithItsLimitAndACure() {
        DiskSpaceGate gate = new DiskSpaceGate(temporary, GIGABYTE, path -> GIGABYTE - 1);

        AdmissionGate.Objection objection = gate.objection(REQUEST).orElseThrow();

        assertThat(objection.reading()).contains(temporary.toString()).contains("999 MB");
        assertThat(objection.limit()).isEqualTo("at least 1000 MB");
        assertThat(objection.isHost()).isTrue();
        assertThat(new DiskSpaceGate(temporary, GIGABYTE, path -> GIGABYTE).objection(REQUEST))
                .isEmpty();
    }

    @Test
    void aDirectoryThatWillBeMadeIsJudgedByWhatIsAboveIt() {
        Path[] asked = new Path[1];
        DiskSpaceGate gate = new DiskSpaceGate(temporary.resolve("a/b"), 1, path -> {
            asked[0] = path;
            return 1;
        });

        assertThat(gate.objection(REQUEST)).isEmpty();
        assertThat(asked[0]).isEqualTo(temporary.toAbsolutePath());
    }

    @Test
    void spaceThatCantBeReadLetsRequestsInAndSaysSoOnce() {
        try (LogCapture log = LogCapture.from(Level.WARN)) {
            DiskSpaceGate gate = new DiskSpaceGate(temporary, GIGABYTE, path -> {
                throw new IOException("stale file handle");
            });

            assertThat(gate.objection(REQUEST)).isEmpty();
            assertThat(gate.objection(REQUEST)).isEmpty();

            assertThat(log.linesWith(temporary.toString())).hasSize(1);
        }
    }

    @Test
    void theRealDiskIsRead() {
        assertThat(DiskSpaceGate.of(temporary, 1).objection(REQUEST)).isEmpty();
        assertThat(DiskSpaceGate.of(temporary, Long.MAX_VALUE).objection(REQUEST))
                .isPresent();
        assertThatThrownBy(() -> DiskSpaceGate.of(temporary, 0)).hasMessageContaining("leastBytes is 0");
    }
}
