package dev.browserpool;

/** The pool is closed, or was closed while a request waited. */
public final class PoolClosedException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String poolName;

    /** Made by the pool. */
    public PoolClosedException(String poolName, String requestId) {
        super("pool " + poolName + " is closed; request " + requestId + " got no slot; open a new pool");
        this.poolName = poolName;
    }

    /** Which pool. */
    public String poolName() {
        return poolName;
    }
}
