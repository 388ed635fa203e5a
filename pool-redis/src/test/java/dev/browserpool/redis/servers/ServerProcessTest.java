package dev.browserpool.redis.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** Tests run side by side: a program that one of them unpacks may be open for writing in a process that another one forks. */
@EnabledOnOs(OS.LINUX)
class ServerProcessTest {
    @TempDir
    Path directory;

    @Test
    void startsAProgramOnceNobodyWritesToItAnyMore() throws Exception {
        Path program = program();
        try (OutputStream open = Files.newOutputStream(program, StandardOpenOption.APPEND)) {
            assertThatThrownBy(() -> new ProcessBuilder(program.toString()).start())
                    .as("the system refuses it")
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("error=26");
            CompletableFuture<ServerProcess> starting = CompletableFuture.supplyAsync(
                    () -> ServerProcess.start(program.toString(), ServerProcess.freePort()));
            CompletableFuture<Void> closing = CompletableFuture.runAsync(
                    () -> close(open), CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

            try (ServerProcess server = starting.get(20, TimeUnit.SECONDS);
                    RedisClient client = server.client()) {
                assertThat(closing)
                        .as("it was started after the file was closed")
                        .isDone();
                assertThat(client.ping()).isEqualTo("PONG");
            }
        }
    }

    private Path program() throws IOException {
        Path program = Files.copy(
                Path.of(Binary.BUNDLED.path()), directory.resolve("server"), StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    private static void close(OutputStream open) {
        try {
            open.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
