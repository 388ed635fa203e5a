package dev.browserpool.examples.tasks;

/** A task file that can't be used. Its message is one line for the person who wrote the file. */
public final class TaskFileException extends Exception {
    private static final long serialVersionUID = 1L;

    TaskFileException(String message) {
        super(message);
    }

    TaskFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
