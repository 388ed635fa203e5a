package dev.browserpool.playwright;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A place for files under keys, with room for profiles: a directory that several hosts share ({@link DirectoryProfileStore}), or
 * whatever one writes these four methods for, such as a bucket of objects. It needs to know nothing of profiles, tokens or checksums:
 * the library splits a profile into files that are never changed, and says with one last, small file, whose key holds the fencing
 * token, that a state is complete. So nothing that dies half way, and nobody with an older token, damages a newer state.
 *
 * <p>Keys consist of {@code [A-Za-z0-9._-]} and slashes, 400 characters at most; none begins with a slash, and no part of one with
 * a dot. All methods are called by several threads at once, are interrupted when they take too long, and what they throw is a
 * failure of whatever needed them. What one method has stored, each other one, on any host, must see from then on.
 */
public interface ProfileStore {
    /**
     * The keys that begin with a prefix, at any depth, in any order.
     *
     * @param prefix ends with a slash
     * @throws IOException if the store can't tell
     */
    List<String> list(String prefix) throws IOException;

    /**
     * Writes what is kept under a key to a file.
     *
     * @param to does not exist yet; its directory does. What is left there after a failure is deleted by the caller
     * @throws NoSuchFileException if nothing is kept under that key
     * @throws IOException if it can't be had
     */
    void fetch(String key, Path to) throws IOException;

    /**
     * Keeps a file under a key, in place of what was there. Whole or not at all, whatever dies meanwhile, and for good when it
     * returns.
     *
     * @param file does not change meanwhile
     * @throws IOException if it can't be kept
     */
    void store(String key, Path file) throws IOException;

    /**
     * Deletes what is kept under a key; does nothing if nothing is.
     *
     * @throws IOException if it can't be deleted
     */
    void delete(String key) throws IOException;
}
