package dev.browserpool;

/** A request named another proxy than the one through which its profile is used. It is on record with the profile. */
public final class ProxyMismatchException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final String profileId;
    private final String asked;
    private final String required;

    /** Made by the pool. */
    public ProxyMismatchException(String requestId, String profileId, String asked, String required) {
        super("request " + requestId + " was refused: it names proxy " + asked + ", but profile " + profileId
                + " is used through proxy " + required
                + " alone; leave the proxy out, name that one, or change the profile's rule");
        this.profileId = profileId;
        this.asked = asked;
        this.required = required;
    }

    /** The profile. */
    public String profileId() {
        return profileId;
    }

    /** The proxy that the request named. */
    public String asked() {
        return asked;
    }

    /** The proxy of the profile's rule. */
    public String required() {
        return required;
    }
}
