package dev.browserpool.playwright.directory;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.browserpool.ProfileHome;
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
 * @param dirty whether its browser has not been proven to have ended by itself: it runs, was killed, or died with its JVM. A
 *     record that does not say, of a version that knew no difference, counts as clean: most are, and an upgrade must not send
 *     every profile through an inspection that may need a person
 * @param unopened whether it was signed where nobody had opened anything, and nobody knows that the pool was told of it: then
 *     there may be no state here at all. A record that does not say is of one that was opened
 */
public record GuardRecord(long token, String requestId, String host, long pid, boolean dirty, boolean unopened) {
    private static final String FILE = ProfileFiles.OURS + "owner.json";
    private static final String UNFINISHED = FILE + ".new";
    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    public GuardRecord(long token, String requestId, String host, long pid, boolean dirty) {
        this(token, requestId, host, pid, dirty, false);
    }

    /** Empty if nobody has opened the directory under a pool yet. */
    public static Optional<GuardRecord> read(Path directory) throws IOException {
        try {
            return Optional.ofNullable(JSON.fromJson(Files.readString(directory.resolve(FILE)), GuardRecord.class));
        } catch (NoSuchFileException nobody) {
            return Optional.empty();
        } catch (JsonParseException e) {
            throw new IOException(directory.resolve(FILE) + " can't be read; remove it if the profile is sound", e);
        }
    }

    /** Whole or not at all, whoever is killed when. */
    public void write(Path directory) throws IOException {
        Path unfinished = directory.resolve(UNFINISHED);
        Files.writeString(unfinished, JSON.toJson(this));
        Files.move(
                unfinished,
                directory.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** As if nobody had ever signed. */
    public static void erase(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(FILE));
    }

    /** The same owner; see {@link #dirty}. */
    public GuardRecord withDirty(boolean value) {
        return new GuardRecord(token, requestId, host, pid, value, unopened);
    }

    /** The same owner; see {@link #unopened}. */
    public GuardRecord withUnopened(boolean value) {
        return new GuardRecord(token, requestId, host, pid, dirty, value);
    }

    /** Whether there is a state of this token. What the pool was told it has on record, also if its answer did not arrive. */
    public boolean isOpened(Optional<ProfileHome> home) {
        return !unopened || home.filter(known -> known.token() == token).isPresent();
    }

    /** For messages. */
    public String describe() {
        return "request " + requestId + " (process " + pid + " on " + host + ", token " + token + ")";
    }
}
