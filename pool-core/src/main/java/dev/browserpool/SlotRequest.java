package dev.browserpool;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One operation that wants a slot: who asks, for what, how long it may wait and how long it may run. Immutable and safe to
 * share between threads. What is not set follows the pool's {@link PoolConfig}.
 */
public final class SlotRequest {
    private final String requestId;
    private final OperationType type;
    private final @Nullable String description;
    private final @Nullable Duration timeout;
    private final @Nullable Duration maxDuration;
    private final @Nullable ProfileClaim profile;
    private final @Nullable String taskId;
    private final @Nullable String workerId;
    private final @Nullable String accountId;
    private final @Nullable String proxyId;
    private final @Nullable String parentRequestId;
    private final @Nullable Set<String> allowedActions;
    private final Map<String, String> labels;

    private SlotRequest(Builder b) {
        this.requestId = b.requestId;
        this.type = b.type;
        this.description = b.description;
        this.timeout = b.timeout;
        this.maxDuration = b.maxDuration;
        this.profile = b.profile;
        this.taskId = b.taskId;
        this.workerId = b.workerId;
        this.accountId = b.accountId;
        this.proxyId = b.proxyId;
        this.parentRequestId = b.parentRequestId;
        this.allowedActions = b.allowedActions;
        this.labels = b.labels.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(b.labels));
    }

    /** A request with a generated id, unique over all JVMs, and the pool's defaults. */
    public static SlotRequest of(OperationType type) {
        return of(RequestIds.next(type), type);
    }

    /**
     * A request with an id of the caller's own and the pool's defaults.
     *
     * @param requestId unique among the waiting and running requests of the pool; at most 200 characters, none of them a
     *     control character
     */
    public static SlotRequest of(String requestId, OperationType type) {
        return builder(requestId, type).build();
    }

    /** What the task asks for; see {@link #builder(TaskManifest)}. */
    public static SlotRequest from(TaskManifest task) {
        return builder(task).build();
    }

    /** A builder for a request with a generated id. */
    public static Builder builder(OperationType type) {
        return builder(RequestIds.next(type), type);
    }

    /** A builder for a request with an id of the caller's own; see {@link #of(String, OperationType)}. */
    public static Builder builder(String requestId, OperationType type) {
        return new Builder(requestId, type);
    }

    /**
     * A builder that holds what the task asks for: its profile, how long it may be held, and what is allowed meanwhile. The
     * request's id is the task's id, so that one task cannot run twice at once, on whichever member of the pool: the second
     * request is refused with a {@link DuplicateRequestException}. A task without a profile makes a request without a claim.
     */
    public static Builder builder(TaskManifest task) {
        return task.request();
    }

    /** The id that names this request in status, logs and errors. */
    public String requestId() {
        return requestId;
    }

    /** What kind of work it is. */
    public OperationType type() {
        return type;
    }

    /** What a person would call it, for status pages. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** How long it may wait; empty means {@link PoolConfig#timeout()}. Zero means now or never. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** How long its lease may be held; empty means {@link PoolConfig#maxDuration()}. */
    public Optional<Duration> maxDuration() {
        return Optional.ofNullable(maxDuration);
    }

    /** The profile it wants; empty means an ephemeral browser. */
    public Optional<ProfileClaim> profile() {
        return Optional.ofNullable(profile);
    }

    /** The task of the caller's own that this request serves. */
    public Optional<String> taskId() {
        return Optional.ofNullable(taskId);
    }

    /** The worker of the caller's own that asks. */
    public Optional<String> workerId() {
        return Optional.ofNullable(workerId);
    }

    /** The account whose browser state is used. */
    public Optional<String> accountId() {
        return Optional.ofNullable(accountId);
    }

    /**
     * The name of the proxy that its browser must go through, recorded in locks and evidence; empty means the one of its
     * profile's rule, if that names one. What stands behind the name is known where the browser is opened: nothing secret is here.
     */
    public Optional<String> proxyId() {
        return Optional.ofNullable(proxyId);
    }

    /** The running request on whose slot this one runs; it then takes none of its own and ends with it at the latest. */
    public Optional<String> parentRequestId() {
        return Optional.ofNullable(parentRequestId);
    }

    /** What may be done under this request, in the order given; absent allows everything, an empty set nothing. */
    public Optional<Set<String>> allowedActions() {
        return Optional.ofNullable(allowedActions);
    }

    /**
     * Refuses what this request does not allow. The pool does not see what a browser does: call it before each action.
     *
     * @param action a name as {@code [a-z][a-z0-9_]{0,63}}
     * @throws ActionNotAllowedException if there is a list of allowed actions and it does not name this one
     * @throws IllegalArgumentException if it is no name for an action, and so could never be allowed
     */
    public void requireAction(String action) {
        Names.action(action);
        if (allowedActions != null && !allowedActions.contains(action)) {
            throw new ActionNotAllowedException(requestId, taskId(), action, allowedActions);
        }
    }

    /** Labels of the caller's own, in the order in which they were given. */
    public Map<String, String> labels() {
        return labels;
    }

    @Override
    public String toString() {
        return "SlotRequest[" + requestId + ", " + type
                + profile().map(p -> ", profile " + p.profileId()).orElse("") + "]";
    }

    /** Collects the parts of a request. Not thread-safe; every setter checks its value at once. */
    public static final class Builder {
        private final String requestId;
        private final OperationType type;
        private @Nullable String description;
        private @Nullable Duration timeout;
        private @Nullable Duration maxDuration;
        private @Nullable ProfileClaim profile;
        private @Nullable String taskId;
        private @Nullable String workerId;
        private @Nullable String accountId;
        private @Nullable String proxyId;
        private @Nullable String parentRequestId;
        private @Nullable Set<String> allowedActions;
        private final Map<String, String> labels = new LinkedHashMap<>();

        private Builder(String requestId, OperationType type) {
            this.requestId = Names.id("requestId", requestId);
            this.type = Objects.requireNonNull(type, "type");
        }

        /** What a person would call it; at most 200 characters. */
        public Builder description(String text) {
            this.description = Names.text("description", text);
            return this;
        }

        /** How long it may wait; zero means now or never. */
        public Builder timeout(Duration howLong) {
            this.timeout = Names.notNegative("timeout", howLong);
            return this;
        }

        /** How long its lease may be held; more than zero. */
        public Builder maxDuration(Duration howLong) {
            this.maxDuration = Names.positive("maxDuration", howLong);
            return this;
        }

        /** The profile it wants, taken together with the slot in one step. */
        public Builder profile(ProfileClaim claim) {
            this.profile = claim;
            return this;
        }

        /** The caller's task. */
        public Builder taskId(String id) {
            this.taskId = Names.id("taskId", id);
            return this;
        }

        /** The caller's worker. */
        public Builder workerId(String id) {
            this.workerId = Names.id("workerId", id);
            return this;
        }

        /** The account whose browser state is used. */
        public Builder accountId(String id) {
            this.accountId = Names.id("accountId", id);
            return this;
        }

        /**
         * The name of the proxy that its browser must go through. It holds no address and no password: whoever opens the browser
         * knows what stands behind it, or refuses to open one.
         */
        public Builder proxyId(String id) {
            this.proxyId = Names.id("proxyId", id);
            return this;
        }

        /** Runs on the slot of a running request, also of another JVM, instead of taking one. */
        public Builder under(String runningRequestId) {
            this.parentRequestId = Names.id("parentRequestId", runningRequestId);
            return this;
        }

        /** Allows only these, each {@code [a-z][a-z0-9_]{0,63}}; an empty set allows nothing. */
        public Builder allowedActions(Set<String> names) {
            this.allowedActions = Names.actions(names);
            return this;
        }

        /** A label of the caller's own; the same key again replaces the value. */
        public Builder label(String key, String value) {
            labels.put(Names.id("label key", key), Names.text("label " + key, value));
            return this;
        }

        /**
         * The request.
         *
         * @throws IllegalArgumentException if it is to run under another request and claims a profile as well: a child
         *     works with its parent's browser
         */
        public SlotRequest build() {
            if (parentRequestId != null && profile != null) {
                throw new IllegalArgumentException("request " + requestId + " runs under " + parentRequestId
                        + " and claims profile " + profile.profileId()
                        + "; a child works on its parent's slot and profile: leave the claim out");
            }
            return new SlotRequest(this);
        }
    }
}
