package dev.browserpool;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** An action that is not among those which its request allows. It was refused before anything happened. */
public final class ActionNotAllowedException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String requestId;
    private final String action;
    private final transient Optional<String> taskId;
    private final transient Set<String> allowed;

    /** Made by {@link SlotRequest#requireAction(String)}. */
    public ActionNotAllowedException(String requestId, Optional<String> taskId, String action, Set<String> allowed) {
        super("request " + requestId
                + taskId.filter(task -> !task.equals(requestId))
                        .map(task -> " of task " + task)
                        .orElse("")
                + " may not do '" + action + "': it allows " + (allowed.isEmpty() ? "nothing" : "only " + allowed)
                + "; add it to the allowed actions, or leave them out to allow everything");
        this.requestId = requestId;
        this.taskId = taskId;
        this.action = action;
        this.allowed = Collections.unmodifiableSet(new LinkedHashSet<>(allowed));
    }

    /** The request that does not allow it. */
    public String requestId() {
        return requestId;
    }

    /** The task that the request serves, if it said so. */
    public Optional<String> taskId() {
        return taskId;
    }

    /** What was refused. */
    public String action() {
        return action;
    }

    /** What would have been allowed; may be empty. */
    public Set<String> allowed() {
        return allowed;
    }
}
