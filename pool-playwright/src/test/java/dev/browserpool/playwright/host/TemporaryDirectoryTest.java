package dev.browserpool.playwright.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void leavesNoneWhoseOwnerCouldNotBeWritten() {
        IOException full = new IOException("No space left on device");

        assertThatThrownBy(() -> TemporaryDirectory.createIn(directory, made -> {
                    throw full;
                }))
                .isSameAs(full);

        assertThat(directory).isEmptyDirectory();
    }
}
