package dev.browserpool.playwright.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.playwright.host.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileReplacementTest {
    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path directory;

    private List<String> old = List.of();
    private List<String> replaced = List.of();

    @BeforeEach
    void makeBoth(@TempDir Path other) throws IOException {
        write(directory, "old");
        Files.writeString(directory.resolve("Only Old"), "old");
        Files.writeString(directory.resolve(".browser-pool.owner.json"), "stays");
        old = state();
        write(other, "new");
        Files.writeString(other.resolve("Only New"), "new");
        replaced = Listing.of(other);
    }

    private static void write(Path to, String what) throws IOException {
        Files.createDirectories(to.resolve("Default/Local Storage/leveldb"));
        Files.writeString(to.resolve("Default/Cookies"), what + " cookies");
        Files.writeString(to.resolve("Default/Local Storage/leveldb/CURRENT"), what);
        Files.writeString(to.resolve("Local State"), what);
    }

    private List<String> state() throws IOException {
        List<String> all = new ArrayList<>();
        for (Path file : ProfileFiles.of(directory)) {
            all.add(file + " " + Checksum.of(directory.resolve(file)));
        }
        return all;
    }

    @Test
    void theNewStateTakesTheWholePlaceOfTheOldOneAndTheGuardsFilesStay() throws IOException {
        new ProfileReplacement(directory).by(this::writeNew);

        assertThat(state()).isEqualTo(replaced);
        assertThat(directory.resolve("Only Old")).doesNotExist();
        assertThat(directory.resolve(".browser-pool.owner.json")).hasContent("stays");
        assertThat(directory)
                .isDirectoryNotContaining(path -> path.toString().matches(".*(incoming|replacing|moving)"));
    }

    @Test
    void whoeverDiesAtAnyStepLeavesTheOldStateOrTheNewOne() throws IOException {
        int oldSeen = 0;
        int newSeen = 0;
        int step = 1;
        while (diesAt(step++)) {
            new ProfileReplacement(directory).finish();
            if (state().equals(old)) {
                oldSeen++;
            } else {
                assertThat(state()).isEqualTo(replaced);
                newSeen++;
                new ProfileReplacement(directory).by(this::writeOld);
            }
            assertThat(state()).isEqualTo(old);
        }

        assertThat(oldSeen).isPositive();
        assertThat(newSeen).isGreaterThan(3);
    }

    @Test
    void finishingMayDieAsWell() throws IOException {
        assertThat(diesAt(5)).isTrue();
        int step = 0;
        boolean died = true;
        while (died) {
            AtomicInteger left = new AtomicInteger(++step);
            died = dies(() -> new ProfileReplacement(directory, () -> die(left)).finish());
        }

        assertThat(step).isGreaterThan(2);
        assertThat(state()).isEqualTo(replaced);
    }

    @Test
    void aStateThatCanNotBeWrittenLeavesTheOldOne() throws IOException {
        assertThatThrownBy(() -> new ProfileReplacement(directory).by(empty -> {
                    writeNew(empty);
                    throw new IOException("damaged");
                }))
                .hasMessage("damaged");

        assertThat(state()).isEqualTo(old);
    }

    private boolean diesAt(int step) throws IOException {
        AtomicInteger left = new AtomicInteger(step);
        return dies(() -> new ProfileReplacement(directory, () -> die(left)).by(this::writeNew));
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static boolean dies(Work work) throws IOException {
        try {
            work.run();
            return false;
        } catch (Died died) {
            return true;
        }
    }

    private static void die(AtomicInteger left) {
        if (left.decrementAndGet() == 0) {
            throw new Died();
        }
    }

    private void writeNew(Path empty) throws IOException {
        write(empty, "new");
        Files.writeString(empty.resolve("Only New"), "new");
    }

    private void writeOld(Path empty) throws IOException {
        write(empty, "old");
        Files.writeString(empty.resolve("Only Old"), "old");
    }
}
