package dev.browserpool.playwright;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Who opened a profile's directory last, kept in the directory itself. It outlives its owner: the token in it is the smallest
 * that may open the directory again.
 *
 * @param token the fencing token
 * @param requestId the request
 * @param host its host
 * @param pid its JVM's process id
 */
record GuardRecord(long token, String requestId, String host, long pid) {
    private static final String FILE = ".browser-pool.owner.json";
    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    /** Empty if nobody has opened the directory under a pool yet. */
    static Optional<GuardRecord> read(Path directory) throws IOException {
        try {
            return Optional.ofNullable(JSON.fromJson(Files.readString(directory.resolve(FILE)), GuardRecord.class));
        } catch (NoSuchFileException nobody) {
            return Optional.empty();
        } catch (JsonParseException e) {
            throw new IOException(directory.resolve(FILE) + " can't be read; remove it if the profile is sound", e);
        }
    }

    /** Whole or not at all, whoever is killed when. */
    void write(Path directory) throws IOException {
        Path unfinished = directory.resolve(FILE + ".new");
        Files.writeString(unfinished, JSON.toJson(this));
        Files.move(
                unfinished,
                directory.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    String describe() {
        return "request " + requestId + " (process " + pid + " on " + host + ", token " + token + ")";
    }
}
