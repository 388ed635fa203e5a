package dev.browserpool.playwright.redaction;

/** A failure as others may see it: what may be secret in its text is taken out. */
public final class RedactedFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String line;

    /** In one line, as the pool's history and events show it: without what its URLs carry in secret. */
    public RedactedFailure(Throwable cause) {
        super(cause.getClass().getSimpleName(), null, false, false);
        this.line = Redactor.text(String.valueOf(cause));
    }

    private RedactedFailure(String line, StackTraceElement[] trace) {
        super(line, null, false, true);
        this.line = line;
        setStackTrace(trace);
    }

    /** Where it failed and as what, for a text of which nothing can be trusted. */
    public static RedactedFailure withoutText(Throwable cause) {
        return new RedactedFailure(cause.getClass().getName(), cause.getStackTrace());
    }

    /** What the pool writes down: the original's class and message, as if it were that. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return line;
    }
}
