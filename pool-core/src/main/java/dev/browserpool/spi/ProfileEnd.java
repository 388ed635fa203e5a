package dev.browserpool.spi;

import dev.browserpool.ProfileLock;

/**
 * In which condition an owner gives its profile back.
 *
 * @param condition the condition
 * @param note why it is not clean, for people; empty if it is
 * @param progress how far the owner got
 */
public record ProfileEnd(Condition condition, String note, ProfileLock.Progress progress) {
    /** The condition of a profile that is given back. */
    public enum Condition {
        /** Its browser was closed: the next one may have it. */
        CLEAN,
        /** Its browser could not be closed cleanly: its rule says what follows. */
        UNCLEAN,
        /** It must not be used before a person has looked at it. */
        QUARANTINE
    }

    /** Clean, with nothing to tell. */
    public static final ProfileEnd CLEAN = new ProfileEnd(Condition.CLEAN, "", ProfileLock.Progress.NONE);

    /** Both said of one end: the worse condition with its note, and how far the owner got by the later word. */
    public ProfileEnd and(ProfileEnd later) {
        ProfileEnd worse = later.condition.compareTo(condition) > 0 ? later : this;
        return new ProfileEnd(worse.condition, worse.note, progress.updatedBy(later.progress));
    }
}
