package dev.browserpool.examples.people;

import dev.browserpool.ProfileLocks;
import dev.browserpool.examples.scheduler.ReviewDesk;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What somebody who takes part in a run has at hand.
 *
 * @param profiles of the pool
 * @param known the profiles of the run
 * @param desk where tasks wait for a person
 * @param settle what a person does outside of the program before a profile is cleared, by the profile's id
 * @param screen where to write
 */
public record Office(
        ProfileLocks profiles, Set<String> known, ReviewDesk desk, Consumer<String> settle, Consumer<String> screen) {

    /** Does what is to be done outside, and then lets the profile's tasks go on; false if there is nothing to clear. */
    boolean clear(String profileId, String who, String note) {
        settle.accept(profileId);
        return profiles.clear(profileId, who, note);
    }
}
