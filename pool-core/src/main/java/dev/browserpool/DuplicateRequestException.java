package dev.browserpool;

/** A request's id is waiting or running already. */
public final class DuplicateRequestException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String requestId;
    private final SlotState state;

    /** Made by the pool. */
    public DuplicateRequestException(String requestId, SlotState state) {
        super("request id " + requestId + " is " + state
                + " already; give each request an id of its own, or let the pool "
                + "make one with SlotRequest.of(type)");
        this.requestId = requestId;
        this.state = state;
    }

    /** The id. */
    public String requestId() {
        return requestId;
    }

    /** Where the earlier request with this id stands. */
    public SlotState state() {
        return state;
    }
}
