package dev.browserpool;

import java.util.OptionalLong;

/**
 * The directory at hand is not the newest state of the profile: that is on another host, or in another directory. It was not
 * opened: an old state would be overwritten later, and an empty one is logged out.
 */
public final class ProfileElsewhereException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String profileId;
    private final transient ProfileHome home;
    private final transient OptionalLong found;

    /** Made by a session layer. */
    public ProfileElsewhereException(
            String requestId, String profileId, ProfileHome home, OptionalLong found, String directory) {
        super("request " + requestId + " was refused: " + directory
                + (found.isPresent()
                        ? " was last opened under token " + found.getAsLong() + ", but profile " + profileId
                                + " has a newer state, of token " + home.token() + ", on host " + home.host()
                                + "; run there, or bring that directory here"
                        : " does not exist, but profile " + profileId + " has a state, of token " + home.token()
                                + ", on host " + home.host()
                                + "; run there, bring that directory here, or start anew with createIfMissing()"));
        this.profileId = profileId;
        this.home = home;
        this.found = found;
    }

    /** The profile. */
    public String profileId() {
        return profileId;
    }

    /** Where its newest state is. */
    public ProfileHome home() {
        return home;
    }

    /** The token under which the directory at hand was last opened; empty if there is no directory. */
    public OptionalLong found() {
        return found;
    }
}
