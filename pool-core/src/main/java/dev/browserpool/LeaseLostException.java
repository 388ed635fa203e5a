package dev.browserpool;

import java.util.Optional;

/** A lease was used after it ended. */
public final class LeaseLostException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String requestId;
    private final transient Optional<LeaseLoss> loss;

    /** Made by the pool. */
    public LeaseLostException(String requestId, Optional<LeaseLoss> loss) {
        super("the lease of request " + requestId + " has ended: "
                + loss.map(l -> l.reason() + ", " + l.message()).orElse("its holder closed it")
                + "; acquire a new one, with a longer maxDuration if the work needs it");
        this.requestId = requestId;
        this.loss = loss;
    }

    /** Whose lease. */
    public String requestId() {
        return requestId;
    }

    /** Why it was taken back; empty if its holder closed it. */
    public Optional<LeaseLoss> loss() {
        return loss;
    }
}
