package dev.browserpool.playwright;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.browserpool.playwright.host.Checksum;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A complete state of a profile: which files, with which content. Kept as JSON.
 *
 * @param format of this record; a greater one than {@link #FORMAT} can't be read
 * @param profileId whose
 * @param name under which it is kept
 * @param token the fencing token under which the state was last written
 * @param host where it was saved
 * @param savedAt when, as ISO-8601
 * @param browser the version of the browser that used it last; empty if nobody knows
 * @param files sorted by path
 */
record ProfileManifest(
        int format,
        String profileId,
        String name,
        long token,
        String host,
        String savedAt,
        String browser,
        List<Kept> files) {

    static final int FORMAT = 1;
    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    /**
     * One file.
     *
     * @param path relative to the profile's directory, with slashes
     * @param bytes its size
     * @param sha256 its checksum, in hexadecimal digits
     * @param key under which the store has it
     */
    record Kept(String path, long bytes, String sha256, String key) {
        boolean hasContentOf(Kept other) {
            return bytes == other.bytes && sha256.equals(other.sha256);
        }

        /** Inside a directory: a store is another's program, and must not write elsewhere. */
        Path in(Path directory) throws IOException {
            Path file = directory.resolve(path).normalize();
            if (!file.startsWith(directory) || file.equals(directory)) {
                throw new IOException("a stored profile names the file '" + path + "', which is outside of it");
            }
            return file;
        }
    }

    Instant savedInstant() {
        return Instant.parse(savedAt);
    }

    Optional<String> browserVersion() {
        return Optional.of(browser).filter(version -> !version.isEmpty());
    }

    long bytes() {
        return files.stream().mapToLong(Kept::bytes).sum();
    }

    /** The same in all files, whatever else is told of it. */
    String fingerprint() {
        String all =
                files.stream().map(file -> file.path() + " " + file.sha256()).collect(Collectors.joining("\n"));
        return Checksum.of(all);
    }

    String toJson() {
        return JSON.toJson(this);
    }

    static ProfileManifest parse(String key, String json) throws IOException {
        try {
            ProfileManifest read = JSON.fromJson(json, ProfileManifest.class);
            if (read == null || read.format != FORMAT) {
                throw new IOException(
                        key + " is not of format " + FORMAT + "; a newer version of this library wrote it");
            }
            Objects.requireNonNull(read.profileId);
            Objects.requireNonNull(read.name);
            Objects.requireNonNull(read.host);
            Objects.requireNonNull(read.browser);
            read.savedInstant();
            for (Kept file : read.files) {
                Objects.requireNonNull(file.path);
                Objects.requireNonNull(file.sha256);
                Objects.requireNonNull(file.key);
            }
            return read;
        } catch (JsonParseException | NullPointerException | DateTimeParseException damaged) {
            throw new IOException(key + " is no stored profile that can be read", damaged);
        }
    }
}
