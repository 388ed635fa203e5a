package dev.browserpool;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
    private final Builder b;

    private SlotRequest(Builder b) {
        this.b = b;
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
        return new SlotRequest(new Builder(requestId, type)); // which nobody else has, so it needs no copy
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

    /** A builder that holds the values of this one, its id too. */
    public Builder toBuilder() {
        return new Builder(b);
    }

    /** The id that names this request in status, logs and errors. */
    public String requestId() {
        return b.requestId;
    }

    /** What kind of work it is. */
    public OperationType type() {
        return b.type;
    }

    /** What a person would call it, for status pages. */
    public Optional<String> description() {
        return Optional.ofNullable(b.description);
    }

    /** How long it may wait; empty means {@link PoolConfig#timeout()}. Zero means now or never. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(b.timeout);
    }

    /** How long its lease may be held; empty means {@link PoolConfig#maxDuration()}. */
    public Optional<Duration> maxDuration() {
        return Optional.ofNullable(b.maxDuration);
    }

    /** The profile it wants; empty means an ephemeral browser. */
    public Optional<ProfileClaim> profile() {
        return Optional.ofNullable(b.profile);
    }

    /** The task of the caller's own that this request serves. */
    public Optional<String> taskId() {
        return Optional.ofNullable(b.taskId);
    }

    /** The worker of the caller's own that asks. */
    public Optional<String> workerId() {
        return Optional.ofNullable(b.workerId);
    }

    /** The account whose browser state is used. */
    public Optional<String> accountId() {
        return Optional.ofNullable(b.accountId);
    }

    /**
     * The name of the proxy that its browser must go through, recorded in locks and evidence; empty means the one of its
     * profile's rule, if that names one. What stands behind the name is known where the browser is opened: nothing secret is here.
     */
    public Optional<String> proxyId() {
        return Optional.ofNullable(b.proxyId);
    }

    /** The running request on whose slot this one runs; it then takes none of its own and ends with it at the latest. */
    public Optional<String> parentRequestId() {
        return Optional.ofNullable(b.parentRequestId);
    }

    /** What may be done under this request, in the order given; absent allows everything, an empty set nothing. */
    public Optional<Set<String>> allowedActions() {
        return Optional.ofNullable(b.allowedActions);
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
        if (b.allowedActions != null && !b.allowedActions.contains(action)) {
            throw new ActionNotAllowedException(b.requestId, taskId(), action, b.allowedActions);
        }
    }

    /** Labels of the caller's own, in the order in which they were given. */
    public Map<String, String> labels() {
        return b.labels;
    }

    /** Whether everything that was asked for is the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SlotRequest request && request.b.parts().equals(b.parts());
    }

    @Override
    public int hashCode() {
        return b.requestId.hashCode();
    }

    @Override
    public String toString() {
        return "SlotRequest[" + b.requestId + ", " + b.type
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
        private Map<String, String> labels = Map.of();

        private Builder(String requestId, OperationType type) {
            this.requestId = Names.id("requestId", requestId);
            this.type = Objects.requireNonNull(type, "type");
        }

        private Builder(Builder from) {
            this.requestId = from.requestId;
            this.type = from.type;
            this.description = from.description;
            this.timeout = from.timeout;
            this.maxDuration = from.maxDuration;
            this.profile = from.profile;
            this.taskId = from.taskId;
            this.workerId = from.workerId;
            this.accountId = from.accountId;
            this.proxyId = from.proxyId;
            this.parentRequestId = from.parentRequestId;
            this.allowedActions = from.allowedActions;
            this.labels = from.labels;
        }

        private List<@Nullable Object> parts() {
            List<@Nullable Object> ids =
                    Arrays.asList(requestId, taskId, workerId, accountId, proxyId, parentRequestId);
            return Arrays.asList(ids, type, description, timeout, maxDuration, profile, allowedActions, labels);
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
            this.profile = Objects.requireNonNull(claim, "claim");
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
            Map<String, String> more = new LinkedHashMap<>(labels);
            more.put(Names.id("label key", key), Names.text("label " + key, value));
            this.labels = Collections.unmodifiableMap(more);
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
            return new SlotRequest(new Builder(this));
        }
    }
}
