package dev.browserpool;

import java.util.Optional;

/** A claim that does not wait met a profile that has no room, or has a line. Nothing was launched, no slot was taken. */
public final class ProfileConflictException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String profileId;
    private final transient Optional<ProfileLock> current;

    /** Made by the pool. */
    public ProfileConflictException(String requestId, String profileId, Optional<ProfileLock> current) {
        super("request " + requestId + " was refused: profile " + profileId
                + current.map(c -> " is " + c.status() + " with " + c.owner().describe() + " until " + c.mustEndBy())
                        .orElse(" has others waiting for it")
                + "; wait for it (leave refuseOnConflict() out), or come back later");
        this.profileId = profileId;
        this.current = current;
    }

    /** The profile. */
    public String profileId() {
        return profileId;
    }

    /** Its present owner, the oldest if there are several; empty if it is free and others wait for it. */
    public Optional<ProfileLock> current() {
        return current;
    }
}
