package dev.browserpool.examples.dashboard;

/** What was asked for is not there. The message says what, and why that may be. */
final class NotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotFoundException(String message) {
        super(message);
    }
}
