package dev.browserpool.playwright.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Who lives, by the process table. */
class ProcessesTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    /** A killed browser is in that state for a moment, and its lock with it. */
    @Test
    void whoseFirstThreadIsGoneAndAnotherIsNotLives() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON), "no python here to end a first thread alone");
        Process process = new ProcessBuilder(PYTHON.toString(), "-c", """
                import ctypes, threading, time
                threading.Thread(target=time.sleep, args=(60,)).start()
                ctypes.CDLL(None).pthread_exit(None)
                """).start();
        try {
            Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
            await().until(() -> Files.readString(stat).contains(") Z "));

            assertThat(Processes.isAlive(process.toHandle())).isTrue();
        } finally {
            process.destroyForcibly();
        }
        await().until(() -> !Processes.isAlive(process.toHandle()));
    }
}
