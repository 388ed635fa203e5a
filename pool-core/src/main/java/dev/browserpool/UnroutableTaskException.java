package dev.browserpool;

import java.util.List;

/** A task that an {@link AccountRouter} cannot give a profile to. Nothing was asked of the pool yet. */
public final class UnroutableTaskException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String taskId;
    private final Reason reason;
    private final transient List<String> candidates;

    /** Why there is no way. */
    public enum Reason {
        /** The task names neither an account nor a profile. */
        NAMES_NOTHING,
        /** No route has the task's account. */
        UNKNOWN_ACCOUNT,
        /** No route has the task's profile. */
        UNKNOWN_PROFILE,
        /** The task names an account of several profiles, and none of these. */
        SEVERAL_PROFILES,
        /** The task's profile belongs to another account than the task's. */
        PROFILE_OF_ANOTHER_ACCOUNT,
        /** The task names another proxy than the one which its profile is always used with. */
        OTHER_PROXY
    }

    UnroutableTaskException(String taskId, Reason reason, String why, List<String> candidates) {
        super("task " + taskId + " cannot be routed: " + why);
        this.taskId = taskId;
        this.reason = reason;
        this.candidates = List.copyOf(candidates);
    }

    /** The task. */
    public String taskId() {
        return taskId;
    }

    /** Why there is no way. */
    public Reason reason() {
        return reason;
    }

    /**
     * What the task could name instead, in the order of the routes: accounts, or profiles (of its account, if it names one),
     * or the proxy; as the reason asks for. The message shows the first ten.
     */
    public List<String> candidates() {
        return candidates;
    }
}
