package dev.browserpool.playwright;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the evidence of sessions is kept. {@link FileEvidenceStore} keeps it in files; another one may carry it away. Called for
 * several sessions at once, each time on a thread of the library's that is given up when it takes too long: whatever a store does, the
 * session's profile and slot are given back in time.
 */
public interface EvidenceStore {

    /**
     * A new directory that the evidence of a session is written to. Nobody should take it for complete yet.
     *
     * @throws IOException if there can be none: the evidence is not saved, and its record says why
     */
    Path begin(Key key) throws IOException;

    /**
     * Keeps what was written.
     *
     * @param key as for {@link #begin}
     * @param directory what that returned, with all files
     * @return where it is now, as people and the profile's record are to be told
     * @throws IOException if it can't be kept; {@link #discard} is called then
     */
    Path complete(Key key, Path directory) throws IOException;

    /** Deletes what {@link #begin} returned, after something went wrong. */
    void discard(Key key, Path directory) throws IOException;

    /**
     * Whose evidence.
     *
     * @param requestId the request
     * @param token its fencing token, by which it is unique
     * @param profileId the profile; empty if the session was ephemeral
     * @param savedAt now
     */
    record Key(String requestId, long token, Optional<String> profileId, Instant savedAt) {}
}
