package dev.browserpool;

/** A waiting request was taken out of the line. */
public final class RequestCancelledException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String requestId;

    /** Made by the pool. */
    public RequestCancelledException(String requestId, String reason) {
        super("request " + requestId + " left the line: " + reason);
        this.requestId = requestId;
    }

    /** Who waited. */
    public String requestId() {
        return requestId;
    }
}
