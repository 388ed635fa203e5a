package dev.browserpool;

import java.time.Instant;
import java.util.Optional;

/**
 * Who owns a profile, and until when: a snapshot. Two snapshots of one ownership have the same token.
 *
 * @param profileId the profile
 * @param status what the owner does with it; for a former owner STALE or FAILED if its end was not clean, otherwise what it did last
 * @param shared whether the owner tolerates others
 * @param owner who has it
 * @param token the fencing token of the owner's lease
 * @param times since when, and until when
 * @param progress how far the owner said it got
 */
public record ProfileLock(
        String profileId,
        ProfileStatus status,
        boolean shared,
        Owner owner,
        long token,
        Times times,
        Progress progress) {

    /**
     * Who has a profile.
     *
     * @param requestId the owning request
     * @param type its kind of work
     * @param taskId the caller's task, if it was named
     * @param workerId the caller's worker, if it was named
     * @param accountId the account, if it was named
     * @param proxyId the proxy: the one that the request named, or that of the profile's rule
     * @param memberId the pool instance
     * @param host the host of its JVM
     * @param processId the process id of its JVM
     */
    public record Owner(
            String requestId,
            OperationType type,
            Optional<String> taskId,
            Optional<String> workerId,
            Optional<String> accountId,
            Optional<String> proxyId,
            String memberId,
            String host,
            long processId) {

        /** The owner in a few words, for messages. */
        public String describe() {
            return requestId
                    + taskId.map(t -> ", task " + t).orElse("")
                    + workerId.map(w -> ", worker " + w).orElse("")
                    + " (process " + processId + " on " + host + ")";
        }
    }

    /**
     * Since when, and until when. Instants are of this JVM's wall clock, rounded to milliseconds.
     *
     * @param acquiredAt when the owner got it
     * @param heartbeatAt when its member last gave a sign of life
     * @param leaseExpiresAt when it counts as stale unless its member gives another; empty in a pool that lives in one JVM,
     *     whose owners cannot die alone
     * @param mustEndBy when the owner's lease expires, however alive it is: start, maximum duration and extensions
     */
    public record Times(Instant acquiredAt, Instant heartbeatAt, Optional<Instant> leaseExpiresAt, Instant mustEndBy) {}

    /**
     * How far an owner got, by its own word.
     *
     * @param checkpoint the last step that it reached; see {@link SlotLease#checkpoint}
     * @param evidence where its evidence is; {@code not saved: …} and the reason if it could not be
     */
    public record Progress(Optional<String> checkpoint, Optional<String> evidence) {
        /** Nothing was said. */
        public static final Progress NONE = new Progress(Optional.empty(), Optional.empty());

        /** The same with what is newer; what that leaves out stays as it was. */
        public Progress updatedBy(Progress newer) {
            return new Progress(newer.checkpoint.or(() -> checkpoint), newer.evidence.or(() -> evidence));
        }
    }

    /** When the owner got it. */
    public Instant acquiredAt() {
        return times.acquiredAt();
    }

    /** When the owner's lease expires. */
    public Instant mustEndBy() {
        return times.mustEndBy();
    }
}
