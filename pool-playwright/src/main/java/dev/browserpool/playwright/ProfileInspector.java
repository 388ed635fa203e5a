package dev.browserpool.playwright;

import java.util.Optional;

/**
 * Decides whether a profile may be used again after an end that was not clean. It looks, and changes nothing. Set with
 * {@link BrowserSessionsBuilder#inspector}.
 */
@FunctionalInterface
public interface ProfileInspector {
    /**
     * Looks at the directory of a profile, under its lease and its guard. Runs on a thread of the library's, within the time that
     * an opening has; when that is over, or the lease is lost, the thread is interrupted.
     *
     * @return why the profile must not be used: it is quarantined then, until a person clears it; empty if it is sound
     * @throws Exception if it could not find out, which counts as an objection
     */
    Optional<String> objection(ProfileInspection inspection) throws Exception;

    /**
     * The inspector that ships. The directory can be read and written; {@code Local State} and {@code Default/Preferences} are
     * JSON objects; the cookies' database begins as one. What is missing is no fault: Chromium makes it anew.
     */
    static ProfileInspector standard() {
        return StandardInspection::objection;
    }
}
