package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileArchiveTest {
    @TempDir
    Path root;

    @TempDir
    Path profile;

    private DirectoryProfileStore store;

    @BeforeEach
    void open() throws IOException {
        store = DirectoryProfileStore.in(root.resolve("store"));
        write("Local State", "{}");
        write("Default/Cookies", "first");
    }

    private void write(String name, String content) throws IOException {
        Path file = profile.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void onlyWhatChangedIsStoredAgain() throws IOException {
        CountingStore counting = new CountingStore(store, Integer.MAX_VALUE);
        archive(counting).save("1", 1, profile);
        int first = counting.stored();
        write("Default/Cookies", "second");

        archive(counting).save("2", 2, profile);

        assertThat(first).isEqualTo(3);
        assertThat(counting.stored() - first).isEqualTo(2);
        assertThat(cookies("1")).isEqualTo("first");
        assertThat(cookies("2")).isEqualTo("second");
    }

    @Test
    void whoeverDiesAtAnyStepLeavesTheLastGoodState() throws IOException {
        archive(store).save("1", 1, profile);
        write("Default/Cookies", "second");
        write("Default/New", "new");
        int dead = 0;
        for (int step = 1; diesAt(step); step++) {
            dead++;
            assertThat(archive(store).newest().orElseThrow().name()).isEqualTo("1");
            assertThat(cookies("1")).isEqualTo("first");
        }

        assertThat(dead).isGreaterThan(4);
        assertThat(cookies("2")).isEqualTo("second");
    }

    private boolean diesAt(int step) {
        try {
            archive(new CountingStore(store, step)).save("2", 2, profile);
            return false;
        } catch (IOException died) {
            return true;
        }
    }

    @Test
    void anOlderTokenNeverTakesThePlaceOfANewerState() throws IOException {
        ProfileCarrier newer = ProfileCarrier.of(store, "shop", () -> {});
        newer.store(1, profile);
        write("Default/Cookies", "of nine");
        newer.store(9, profile);
        write("Default/Cookies", "of five, late");

        newer.store(5, profile);

        assertThat(newer.newest().orElseThrow().token()).isEqualTo(9);
        assertThat(cookies(newer.archive(), newer.newest().orElseThrow())).isEqualTo("of nine");
    }

    @Test
    void damageInTheStoreIsNoticedBeforeAnythingIsReplaced() throws IOException {
        ProfileManifest saved = archive(store).save("1", 1, profile);
        for (ProfileManifest.Kept file : saved.files()) {
            Files.writeString(root.resolve("store").resolve(file.key()), "damaged");
        }

        assertThatThrownBy(() -> cookies("1")).hasMessageContaining("checksum differs");
    }

    @Test
    void aStoredProfileNeverWritesOutsideOfItsDirectory() {
        ProfileManifest.Kept evil = new ProfileManifest.Kept("../../etc/cron", 1, "00", "key");

        assertThatThrownBy(() -> evil.in(profile))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("outside");
    }

    @Test
    void onlyThreeStatesAndTheirFilesAreKept() throws IOException {
        ProfileCarrier carrier = ProfileCarrier.of(store, "shop", () -> {});
        for (int token = 1; token <= 6; token++) {
            write("Default/Cookies", "state " + token);
            carrier.store(token, profile);
        }

        assertThat(carrier.archive().names()).hasSize(3).last().asString().endsWith("6");
        assertThat(store.list("shop/states/files/")).hasSize(4);
        assertThat(cookies(carrier.archive(), carrier.newest().orElseThrow())).isEqualTo("state 6");
    }

    @Test
    void whatIsNotThereIsSaidByName() {
        assertThatThrownBy(() -> archive(store).read("7")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> archive(store).read("../1"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("../1");
        assertThatThrownBy(() -> new ProfileArchive(store, "../shop", "test", () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("../shop");
        assertThatThrownBy(() -> store.delete("../outside"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("../outside");
    }

    private String cookies(String name) throws IOException {
        return cookies(archive(store), archive(store).read(name));
    }

    private String cookies(ProfileArchive archive, ProfileManifest state) throws IOException {
        Path empty = Files.createTempDirectory(root, "extracted");
        archive.extract(state, empty, root.resolve("nothing"));
        return Files.readString(empty.resolve("Default/Cookies"));
    }

    private static ProfileArchive archive(ProfileStore in) {
        return new ProfileArchive(in, "shop", "test", () -> {});
    }

    /** Counts, and dies when it was called so often. */
    private static final class CountingStore implements ProfileStore {
        private final ProfileStore real;
        private int left;
        private final List<String> stored = new ArrayList<>();

        CountingStore(ProfileStore real, int calls) {
            this.real = real;
            this.left = calls;
        }

        int stored() {
            return stored.size();
        }

        private void step() throws IOException {
            if (--left == 0) {
                throw new IOException("died here");
            }
        }

        @Override
        public List<String> list(String prefix) throws IOException {
            step();
            return real.list(prefix);
        }

        @Override
        public void fetch(String key, Path to) throws IOException {
            step();
            real.fetch(key, to);
        }

        @Override
        public void store(String key, Path file) throws IOException {
            step();
            stored.add(key);
            real.store(key, file);
        }

        @Override
        public void delete(String key) throws IOException {
            step();
            real.delete(key);
        }
    }
}
