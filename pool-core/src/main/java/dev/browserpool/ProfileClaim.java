package dev.browserpool;

import java.util.Objects;

/**
 * What a request wants of a profile. Immutable: the methods that look like setters return a changed copy.
 *
 * @param profileId the profile's name, {@code [A-Za-z0-9][A-Za-z0-9._-]{0,127}}; never a path
 * @param mode alone, or together with others up to the profile's {@link ProfileRule#maxActive()}
 * @param onConflict what to do when somebody else has the profile
 * @param mayCreate whether a directory may be made anew for a profile that has run before; see {@link #createIfMissing()}
 */
public record ProfileClaim(String profileId, Mode mode, OnConflict onConflict, boolean mayCreate) {

    /** With whom a profile is shared while it is held. */
    public enum Mode {
        /** With nobody. */
        EXCLUSIVE,
        /** With other shared claims, up to the profile's {@link ProfileRule#maxActive()}. */
        SHARED
    }

    /** What a request does when its profile has no room or has a line. */
    public enum OnConflict {
        /** Wait in the profile's line, in the order of arrival. */
        WAIT,
        /** Be refused with a {@link ProfileConflictException}; nothing is launched, no slot is taken. */
        REFUSE
    }

    /** Refuses an id that is no name with an {@link IllegalArgumentException}. */
    public ProfileClaim {
        Names.profileId(profileId);
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(onConflict, "onConflict");
    }

    /** A claim that tolerates no other owner, and waits if there is one. */
    public static ProfileClaim exclusive(String profileId) {
        return new ProfileClaim(profileId, Mode.EXCLUSIVE, OnConflict.WAIT, false);
    }

    /** A claim that tolerates other shared ones, and waits for room. */
    public static ProfileClaim shared(String profileId) {
        return new ProfileClaim(profileId, Mode.SHARED, OnConflict.WAIT, false);
    }

    /** The same claim, which waits in the profile's line when somebody else has it. */
    public ProfileClaim waitOnConflict() {
        return new ProfileClaim(profileId, mode, OnConflict.WAIT, mayCreate);
    }

    /**
     * The same claim, refused instead of waiting when somebody else has the profile or waits for it. If the profile is free it
     * still waits for a slot, up to the request's timeout; for neither, set a timeout of zero or use {@code tryAcquire}.
     */
    public ProfileClaim refuseOnConflict() {
        return new ProfileClaim(profileId, mode, OnConflict.REFUSE, mayCreate);
    }

    /**
     * The same claim, which starts with an empty profile if its directory is missing although it has run before; or, where a store carries
     * profiles, with the last state that was stored. A shared one starts with an empty profile that has never run. Without this a
     * directory is made only for a profile that has never run, so that nobody works logged out by mistake.
     */
    public ProfileClaim createIfMissing() {
        return new ProfileClaim(profileId, mode, onConflict, true);
    }

    /** Whether this claim tolerates no other owner. */
    public boolean isExclusive() {
        return mode == Mode.EXCLUSIVE;
    }
}
