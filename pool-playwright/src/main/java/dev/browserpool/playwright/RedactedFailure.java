package dev.browserpool.playwright;

/** A failure in one line, as the pool's history and events may see it: what its URLs carry in secret is taken out. */
final class RedactedFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String line;

    RedactedFailure(Throwable cause) {
        super(cause.getClass().getSimpleName(), null, false, false);
        this.line = Redactor.text(String.valueOf(cause));
    }

    /** What the pool writes down: the original's class and message, as if it were that. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return line;
    }
}
