package dev.browserpool;

/** A request wanted to run on the slot of another one that does not run. */
public final class ParentNotRunningException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String parentRequestId;

    /** Made by the pool. */
    public ParentNotRunningException(String requestId, String parentRequestId) {
        super("request " + requestId + " was to run under " + parentRequestId
                + ", which is not running; start it while its " + "parent holds its lease");
        this.parentRequestId = parentRequestId;
    }

    /** The parent that does not run. */
    public String parentRequestId() {
        return parentRequestId;
    }
}
