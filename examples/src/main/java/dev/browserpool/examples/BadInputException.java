package dev.browserpool.examples;

/** The demo can't start with what it was given. Its message is one line for the person who gave it. */
final class BadInputException extends Exception {
    private static final long serialVersionUID = 1L;

    BadInputException(String message) {
        super(message);
    }

    BadInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
