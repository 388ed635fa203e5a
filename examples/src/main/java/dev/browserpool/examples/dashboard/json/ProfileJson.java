package dev.browserpool.examples.dashboard.json;

import dev.browserpool.ProfileBlock;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one profile.
 *
 * @param status in capitals, as {@link dev.browserpool.ProfileStatus}, or {@code FREE}
 * @param vanished its last owner, if that one vanished
 * @param homeHost where its newest state is
 */
public record ProfileJson(
        String profileId,
        String status,
        List<OwnerJson> owners,
        @Nullable OwnerJson vanished,
        List<BlockJson> blocks,
        int waiting,
        @Nullable String homeHost,
        Rule rule) {

    /** What is to happen to it. */
    public record Rule(int maxActive, @Nullable String proxyId, String onStale, long retryWindowMillis) {}

    /** Why nobody gets it. */
    public record BlockJson(
            String status,
            String who,
            String why,
            Instant since,
            @Nullable Instant until) {
        /** Of a block. */
        public static BlockJson of(ProfileBlock block) {
            return new BlockJson(
                    block.status().name(),
                    block.who(),
                    block.why(),
                    block.since(),
                    block.until().orElse(null));
        }
    }

    /**
     * Who has it, or had it last.
     *
     * @param heartbeatAt when its member last gave a sign of life
     * @param leaseExpiresAt when it counts as stale without another one
     */
    public record OwnerJson(
            String requestId,
            String type,
            String status,
            boolean shared,
            @Nullable String taskId,
            @Nullable String workerId,
            @Nullable String accountId,
            @Nullable String proxyId,
            String memberId,
            String host,
            long processId,
            long token,
            Instant acquiredAt,
            Instant heartbeatAt,
            @Nullable Instant leaseExpiresAt,
            Instant mustEndBy,
            @Nullable String checkpoint) {

        /** Of an owner. */
        public static OwnerJson of(ProfileLock lock) {
            ProfileLock.Owner owner = lock.owner();
            return new OwnerJson(
                    owner.requestId(),
                    owner.type().name(),
                    lock.status().name(),
                    lock.shared(),
                    owner.taskId().orElse(null),
                    owner.workerId().orElse(null),
                    owner.accountId().orElse(null),
                    owner.proxyId().orElse(null),
                    owner.memberId(),
                    owner.host(),
                    owner.processId(),
                    lock.token(),
                    lock.times().acquiredAt(),
                    lock.times().heartbeatAt(),
                    lock.times().leaseExpiresAt().orElse(null),
                    lock.times().mustEndBy(),
                    lock.progress().checkpoint().orElse(null));
        }
    }

    /** Of a profile. */
    public static ProfileJson of(ProfileView view) {
        Optional<OwnerJson> vanished = view.vanished().map(OwnerJson::of);
        return new ProfileJson(
                view.profileId(),
                view.status().map(Enum::name).orElse("FREE"),
                view.owners().stream().map(OwnerJson::of).toList(),
                vanished.orElse(null),
                view.blocks().stream().map(BlockJson::of).toList(),
                view.waiting(),
                view.home().map(home -> home.host()).orElse(null),
                new Rule(
                        view.rule().maxActive(),
                        view.rule().proxyId().orElse(null),
                        view.rule().onStale().name(),
                        view.rule().retryWindow().toMillis()));
    }
}
