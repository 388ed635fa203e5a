package dev.browserpool.redis.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What a process can be sent that Java has no method for. */
enum ProcessSignal {
    STOP,
    CONT;

    void to(Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).as("kill -" + name()).isTrue();
        assertThat(kill.exitValue()).as("kill -" + name()).isZero();
    }
}
