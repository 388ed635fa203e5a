package dev.browserpool;

/**
 * A claim that does not wait met a profile in quarantine, or an inspection after its grant has put it there. Nothing was
 * launched; slot and profile are not taken, or given back.
 */
public final class ProfileQuarantinedException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final transient ProfileBlock quarantine;

    /** Made by the pool. */
    public ProfileQuarantinedException(String requestId, ProfileBlock quarantine) {
        super("request " + requestId + " was refused: profile " + quarantine.profileId() + " is "
                + quarantine.describe()
                + "; a person has to look at it and call profiles().clear(profileId, who, note)");
        this.quarantine = quarantine;
    }

    /** The profile. */
    public String profileId() {
        return quarantine.profileId();
    }

    /** Who put it in quarantine, when and why. */
    public ProfileBlock quarantine() {
        return quarantine;
    }
}
