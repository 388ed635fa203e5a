package dev.browserpool;

/** Why a request never entered the line. */
public enum RefusalReason {
    /** It may not wait, and there was no room: a try, or a timeout of zero. */
    WOULD_WAIT,
    /** The line is full. */
    LINE_FULL,
    /** The line of its profile is full. */
    PROFILE_LINE_FULL,
    /** Its id is waiting or running already. */
    DUPLICATE_ID,
    /** Its claim does not wait, and its profile has no room or has a line. */
    PROFILE_CONFLICT,
    /** Its claim does not wait, and its profile is in quarantine. */
    PROFILE_QUARANTINED,
    /** It names another proxy than its profile's. */
    PROXY_MISMATCH,
    /** It wanted to run under a request that does not run. */
    PARENT_NOT_RUNNING,
    /** A load test has the pool. */
    LOAD_TEST,
    /** A gate says that the host has no room for one more browser. */
    HOST_OVERLOADED,
    /** A gate of the user's own does not let it in, or failed. */
    GATE_CLOSED
}
