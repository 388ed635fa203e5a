package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverCacheTest {
    private static final String NAME = "driver-test";

    @Test
    void twoJvmsThatUnpackAtOnceGetOneWholeDriverAndLeaveNothingElse(@TempDir Path cache) throws Exception {
        List<Process> others = List.of(unpackInAnotherJvm(cache), unpackInAnotherJvm(cache));

        for (Process other : others) {
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(other.exitValue()).isZero();
        }
        assertThat(DriverCache.unpack(cache, NAME)).isEqualTo(cache.resolve(NAME));
        assertThat(cache.resolve(NAME).resolve("package/cli.js")).isNotEmptyFile();
        assertThat(cache.resolve(NAME).resolve("node")).isExecutable();
        assertThat(cache).isDirectoryNotContaining(path -> !path.endsWith(NAME));
    }

    private static Process unpackInAnotherJvm(Path cache) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DriverCacheTest.class.getName(),
                        cache.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) throws Exception {
        DriverCache.unpack(Path.of(arguments[0]), NAME);
    }
}
