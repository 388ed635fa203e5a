package dev.browserpool;

import java.util.List;

/**
 * Who owns which profile, and by which rule. Every method asks the store and may throw {@link StoreUnavailableException}; an id
 * that is no profile name is refused with an {@link IllegalArgumentException}.
 */
public interface ProfileLocks {
    /**
     * The present owners of a profile, oldest first: none, one, or several shared ones; or, if there is none, the last one if it
     * vanished: STALE, which hinders nobody.
     */
    List<ProfileLock> current(String profileId);

    /** All profiles that are in somebody's hands, one entry per owner. */
    List<ProfileLock> all();

    /** The rule of a profile; the default rule if none was set. */
    ProfileRule rule(String profileId);

    /** Sets the rule of a profile. Takes effect at once; who holds it already keeps it. */
    void setRule(ProfileRule rule);
}
