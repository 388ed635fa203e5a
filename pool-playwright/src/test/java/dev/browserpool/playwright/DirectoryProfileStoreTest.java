package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.playwright.Workers.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryProfileStoreTest {
    @TempDir
    Path directory;

    @Test
    void canBeListedWhileOthersStoreAndDelete() throws Exception {
        DirectoryProfileStore store = DirectoryProfileStore.in(directory.resolve("store"));
        Path file = Files.writeString(directory.resolve("file"), "state");
        store.store("shop/states/kept", file);
        Worker<Integer> others = Workers.start("others", () -> {
            for (int i = 0; i < 300; i++) {
                store.store("shop/states/" + i, file);
                store.delete("shop/states/" + i);
            }
            return 300;
        });

        int lists = 0;
        while (others.thread().isAlive()) {
            assertThat(store.list("shop/")).contains("shop/states/kept").noneMatch(key -> key.contains("unfinished"));
            lists++;
        }

        assertThat(others.result()).isEqualTo(300);
        assertThat(lists).isPositive();
    }
}
