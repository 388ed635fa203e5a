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
        super(who + " was refused: profile " + profileId + state(current, block)
                + "; wait for it (leave refuseOnConflict() out), or come back later");
        this.profileId = profileId;
        this.current = current;
        this.block = block;
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

    /** When it is free at the latest, by what is known; empty if only others in line are before this request. */
    public Optional<Instant> freeAt() {
        return block.flatMap(ProfileBlock::until).or(() -> current.map(ProfileLock::mustEndBy));
    }
}
