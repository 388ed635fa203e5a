package dev.browserpool.examples.tasks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where task lists come from: a file, or one of the lists that the examples bring along. */
public final class TaskFile {
    private static final String FOLDER = "/dev/browserpool/examples/";

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

    /** Reads the list that the examples bring along for the threads of one JVM. */
    public static TaskList builtIn() throws TaskFileException {
        return bundled("tasks.json");
    }

    /** Reads the list that the examples bring along for several JVMs. */
    public static TaskList builtInForManyJvms() throws TaskFileException {
        return bundled("shared-tasks.json");
    }

    private static TaskList bundled(String name) throws TaskFileException {
        try (InputStream in = TaskFile.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new TaskFileException(FOLDER + name + " is not on the class path");
            }
            return new TaskReader(name).read(in);
        } catch (IOException e) {
            throw new TaskFileException(FOLDER + name + " can't be read: " + e.getMessage(), e);
        }
    }
}
