package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileGuardTest {
    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void resolve() throws IOException {
        directory = temporary.toRealPath();
    }

    @Test
    void isHeldOnceAndFreeAfterItsRelease() throws IOException {
        ProfileGuard first = ProfileGuard.take(directory, owner(1, "first"));

        assertThatThrownBy(() -> ProfileGuard.take(directory, owner(2, "second")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use by request first");

        first.release();
        first.release();
        ProfileGuard.take(directory, owner(2, "second")).release();
    }

    @Test
    void anotherTryInThisJvmDoesNotDropTheLockForOthers() throws Exception {
        ProfileGuard first = ProfileGuard.take(directory, owner(5, "first"));
        assertThatThrownBy(() -> ProfileGuard.take(directory, owner(6, "second")))
                .isInstanceOf(IOException.class);

        assertThatThrownBy(() -> GuardHolder.start(directory)).isInstanceOf(IOException.class);

        first.release();
    }

    @Test
    void anOlderTokenNeverOpensTheDirectory() throws IOException {
        ProfileGuard.take(directory, owner(7, "newer")).release();

        assertThatThrownBy(() -> ProfileGuard.take(directory, owner(6, "older")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("token 7")
                .hasMessageContaining("request newer");
        assertThat(GuardRecord.read(directory)).contains(owner(7, "newer"));
        ProfileGuard.take(directory, owner(8, "newest")).release();
    }

    @Test
    void aBrokenRecordIsReportedAndNotOverwritten() throws IOException {
        Path record = directory.resolve(".browser-pool.owner.json");
        Files.writeString(record, "{broken");

        assertThatThrownBy(() -> ProfileGuard.take(directory, owner(1, "first")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(record.toString());
        assertThat(record).hasContent("{broken");
    }

    private static GuardRecord owner(long token, String request) {
        return new GuardRecord(token, request, "here", 1);
    }
}
