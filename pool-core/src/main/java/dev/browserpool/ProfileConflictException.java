package dev.browserpool;

import java.time.Instant;
import java.util.Optional;

/**
 * A claim that does not wait met a profile that has no room, or has a line; or a person wanted one that is busy. Nothing was
 * launched, no slot was taken.
 */
public final class ProfileConflictException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String profileId;
    private final transient Optional<ProfileLock> current;
    private final transient Optional<ProfileBlock> block;

    /** Made by the pool. */
    public ProfileConflictException(
            String who, String profileId, Optional<ProfileLock> current, Optional<ProfileBlock> block) {
        this(
                profileId,
                current,
                block,
                who + " was refused: profile " + profileId + state(current, block)
                        + "; wait for it (leave refuseOnConflict() out), or come back later");
    }

    /** Made by the pool for a person who wants what somebody has. */
    public static ProfileConflictException busy(
            String who, String profileId, Optional<ProfileLock> current, Optional<ProfileBlock> block) {
        String message = who + " can't have profile " + profileId + ": it" + state(current, block)
                + "; wait until it is free, ask who has it, or keep others out with quarantine(…)";
        return new ProfileConflictException(profileId, current, block, message);
    }

    /** Made by the pool for a person who wants to keep what he does not have. */
    public static ProfileConflictException notCheckedOut(
            String who, String profileId, Optional<ProfileLock> current, Optional<ProfileBlock> block) {
        String message = who + " does not have profile " + profileId
                + block.map(b -> ", which is " + b.describe()).orElse("") + "; check it out again";
        return new ProfileConflictException(profileId, current, block, message);
    }

    private ProfileConflictException(
            String profileId, Optional<ProfileLock> current, Optional<ProfileBlock> block, String message) {
        super(message);
        this.profileId = profileId;
        this.current = current;
        this.block = block;
    }

    private static String state(Optional<ProfileLock> current, Optional<ProfileBlock> block) {
        return block.map(b -> " is " + b.describe())
                .or(() -> current.map(
                        c -> " is " + c.status() + " with " + c.owner().describe() + " until " + c.mustEndBy()))
                .orElse(" has others waiting for it");
    }

    /** The profile. */
    public String profileId() {
        return profileId;
    }

    /** Its present owner, the oldest if there are several; empty if no request owns it. */
    public Optional<ProfileLock> current() {
        return current;
    }

    /** Why nobody gets it, if it is not a request that has it. */
    public Optional<ProfileBlock> block() {
        return block;
    }

    /**
     * When its present owner's lease expires, the oldest owner's if there are several; or when the block ends. It may come free
     * earlier; or later, after an extension, or by the stop grace if the owner does not confirm. Empty if nobody knows: in
     * quarantine, or behind a line.
     */
    public Optional<Instant> freeAt() {
        return block.isPresent() ? block.flatMap(ProfileBlock::until) : current.map(ProfileLock::mustEndBy);
    }
}
