package dev.browserpool;

/** A load test has the pool, and whoever asked does not wait for its end. */
public final class LoadTestInProgressException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final transient LoadTest loadTest;

    /**
     * Made by the pool.
     *
     * @param what what was refused, such as {@code request run_123}
     */
    public LoadTestInProgressException(String what, LoadTest loadTest) {
        super(what + " was refused: " + loadTest.describe()
                + "; try again then, have requests wait with PoolConfig.duringLoadTest(WAIT), or end it with"
                + " pool.loadTestLock().forceRelease(who, why)");
        this.what = what;
        this.loadTest = loadTest;
    }

    /** What was refused, such as {@code request run_123}. */
    public String what() {
        return what;
    }

    /** Who has the pool, since when, until when. */
    public LoadTest loadTest() {
        return loadTest;
    }
}
