package dev.browserpool;

/**
 * How a profile may be used. Kept with the ledger, so that all members follow the same rule.
 *
 * @param profileId the profile
 * @param maxActive how many shared claims may hold it at once; an exclusive claim always holds it alone
 */
public record ProfileRule(String profileId, int maxActive) {

    /** Refuses a bad id, or a maximum below 1, with an {@link IllegalArgumentException}. */
    public ProfileRule {
        Names.profileId(profileId);
        Names.atLeast(1, "maxActive of profile " + profileId, maxActive);
    }

    /** The rule of a profile for which none was set: one at a time. */
    public static ProfileRule defaultFor(String profileId) {
        return new ProfileRule(profileId, 1);
    }

    /** The same rule with another maximum of shared owners. */
    public ProfileRule withMaxActive(int max) {
        return new ProfileRule(profileId, max);
    }
}
