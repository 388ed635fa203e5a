package dev.browserpool;

import java.time.Instant;
import java.util.Optional;

/**
 * Who owns a profile, and until when: a snapshot. Two snapshots of one ownership have the same token.
 *
 * @param profileId the profile
 * @param status what the owner does with it
 * @param shared whether the owner tolerates others
 * @param owner who has it
 * @param token the fencing token of the owner's lease
 * @param acquiredAt when the owner got it
 * @param mustEndBy when the owner's lease expires
 */
public record ProfileLock(
        String profileId,
        ProfileStatus status,
        boolean shared,
        Owner owner,
        long token,
        Instant acquiredAt,
        Instant mustEndBy) {

    /**
     * Who has a profile.
     *
     * @param requestId the owning request
     * @param type its kind of work
     * @param taskId the caller's task, if it was named
     * @param workerId the caller's worker, if it was named
     * @param accountId the account, if it was named
     * @param proxyId the proxy, if it was named
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
}
