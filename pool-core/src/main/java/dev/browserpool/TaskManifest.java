package dev.browserpool;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a task needs, said by the task itself, so that no worker has to infer it. Immutable and safe to share between threads.
 * {@link SlotRequest#from(TaskManifest)} turns it into a request.
 *
 * @param taskId its name, and the id of the request that is made of it; at most 200 characters, none of them a control
 *     character
 * @param accountId the account whose browser state is used
 * @param profileId the profile that it needs, {@code [A-Za-z0-9][A-Za-z0-9._-]{0,127}}; empty means an ephemeral browser
 * @param proxyId a name for the proxy of its browser
 * @param type the kind of work
 * @param requiresExclusiveProfileLock whether its profile tolerates no other owner meanwhile; without a profile it means
 *     nothing
 * @param allowedActions what it may do, each {@code [a-z][a-z0-9_]{0,63}}, in the order given; absent allows everything, an
 *     empty set nothing
 * @param lockTimeout how long it may hold its profile, more than zero: the request's
 *     {@link SlotRequest#maxDuration() maxDuration}; empty means the pool's
 * @param humanReviewOnLockConflict whether a person decides when somebody else has the profile: the request is then refused
 *     instead of waiting
 * @param description what a person would call it; at most 200 characters
 */
public record TaskManifest(
        String taskId,
        Optional<String> accountId,
        Optional<String> profileId,
        Optional<String> proxyId,
        OperationType type,
        boolean requiresExclusiveProfileLock,
        Optional<Set<String>> allowedActions,
        Optional<Duration> lockTimeout,
        boolean humanReviewOnLockConflict,
        Optional<String> description) {

    /** Refuses a value by the rules of {@link SlotRequest}, with an {@link IllegalArgumentException}. */
    public TaskManifest {
        Names.id("taskId", taskId);
        accountId.ifPresent(id -> Names.id("accountId", id));
        profileId.ifPresent(Names::profileId);
        proxyId.ifPresent(id -> Names.id("proxyId", id));
        Objects.requireNonNull(type, "type");
        allowedActions = allowedActions.map(Names::actions);
        lockTimeout.ifPresent(howLong -> Names.positive("lockTimeout", howLong));
        description.ifPresent(text -> Names.text("description", text));
    }

    /** A builder for a task that needs nothing but a browser, of type {@link OperationType#AGENT}. */
    public static Builder builder(String taskId) {
        return new Builder(taskId);
    }

    /** A builder that holds the values of this one. */
    public Builder toBuilder() {
        Builder builder = new Builder(taskId)
                .type(type)
                .requiresExclusiveProfileLock(requiresExclusiveProfileLock)
                .humanReviewOnLockConflict(humanReviewOnLockConflict);
        accountId.ifPresent(builder::accountId);
        profileId.ifPresent(builder::profileId);
        proxyId.ifPresent(builder::proxyId);
        allowedActions.ifPresent(builder::allowedActions);
        lockTimeout.ifPresent(builder::lockTimeout);
        description.ifPresent(builder::description);
        return builder;
    }

    /** What it claims of its profile; empty if it names none. */
    public Optional<ProfileClaim> profileClaim() {
        return profileId
                .map(id -> requiresExclusiveProfileLock ? ProfileClaim.exclusive(id) : ProfileClaim.shared(id))
                .map(claim -> humanReviewOnLockConflict ? claim.refuseOnConflict() : claim);
    }

    SlotRequest.Builder request() {
        SlotRequest.Builder request = SlotRequest.builder(taskId, type).taskId(taskId);
        accountId.ifPresent(request::accountId);
        proxyId.ifPresent(request::proxyId);
        profileClaim().ifPresent(request::profile);
        allowedActions.ifPresent(request::allowedActions);
        lockTimeout.ifPresent(request::maxDuration);
        description.ifPresent(request::description);
        return request;
    }

    /** Collects the parts of a manifest. Not thread-safe; every setter checks its value at once. */
    public static final class Builder {
        private String taskId;
        private @Nullable String accountId;
        private @Nullable String profileId;
        private @Nullable String proxyId;
        private OperationType type = OperationType.AGENT;
        private boolean requiresExclusiveProfileLock = true;
        private @Nullable Set<String> allowedActions;
        private @Nullable Duration lockTimeout;
        private boolean humanReviewOnLockConflict;
        private @Nullable String description;

        private Builder(String taskId) {
            this.taskId = Names.id("taskId", taskId);
        }

        /** Another name, for a copy of a task. */
        public Builder taskId(String id) {
            this.taskId = Names.id("taskId", id);
            return this;
        }

        /** The account whose browser state is used. */
        public Builder accountId(String id) {
            this.accountId = Names.id("accountId", id);
            return this;
        }

        /** The profile that it needs: a name, never a path. */
        public Builder profileId(String id) {
            this.profileId = Names.profileId(id);
            return this;
        }

        /** A name for the proxy of its browser. */
        public Builder proxyId(String id) {
            this.proxyId = Names.id("proxyId", id);
            return this;
        }

        /** The kind of work; {@link OperationType#AGENT} if it is not set. */
        public Builder type(OperationType kind) {
            this.type = Objects.requireNonNull(kind, "type");
            return this;
        }

        /** Whether its profile tolerates no other owner meanwhile; true if it is not set. */
        public Builder requiresExclusiveProfileLock(boolean exclusive) {
            this.requiresExclusiveProfileLock = exclusive;
            return this;
        }

        /** Allows only these, each {@code [a-z][a-z0-9_]{0,63}}; an empty set allows nothing. */
        public Builder allowedActions(Set<String> names) {
            this.allowedActions = Names.actions(names);
            return this;
        }

        /** How long it may hold its profile; more than zero. */
        public Builder lockTimeout(Duration howLong) {
            this.lockTimeout = Names.positive("lockTimeout", howLong);
            return this;
        }

        /** Whether a person decides when somebody else has the profile; false, and so waiting, if it is not set. */
        public Builder humanReviewOnLockConflict(boolean review) {
            this.humanReviewOnLockConflict = review;
            return this;
        }

        /** What a person would call it; at most 200 characters. */
        public Builder description(String text) {
            this.description = Names.text("description", text);
            return this;
        }

        /** The manifest. */
        public TaskManifest build() {
            return new TaskManifest(
                    taskId,
                    Optional.ofNullable(accountId),
                    Optional.ofNullable(profileId),
                    Optional.ofNullable(proxyId),
                    type,
                    requiresExclusiveProfileLock,
                    Optional.ofNullable(allowedActions),
                    Optional.ofNullable(lockTimeout),
                    humanReviewOnLockConflict,
                    Optional.ofNullable(description));
        }
    }
}
