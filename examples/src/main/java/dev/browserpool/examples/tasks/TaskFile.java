package dev.browserpool.examples.tasks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where task lists come from: a file, or the list that the examples bring along. */
public final class TaskFile {
    private static final String BUILT_IN = "/dev/browserpool/examples/tasks.json";

    private TaskFile() {}

    /**
     * Reads a file.
     *
     * @throws TaskFileException if it is missing, unreadable or wrong
     */
    public static TaskList read(Path file) throws TaskFileException {
        if (!Files.exists(file)) {
            throw new TaskFileException("task file " + file + " does not exist");
        }
        if (Files.isDirectory(file)) {
            throw new TaskFileException("task file " + file + " is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new TaskReader(file.toString()).read(in);
        } catch (IOException e) {
            throw new TaskFileException("task file " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    /** Reads the list that the examples bring along. */
    public static TaskList builtIn() throws TaskFileException {
        try (InputStream in = TaskFile.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new TaskFileException(BUILT_IN + " is not on the class path");
            }
            return new TaskReader("tasks.json").read(in);
        } catch (IOException e) {
            throw new TaskFileException(BUILT_IN + " can't be read: " + e.getMessage(), e);
        }
    }
}
