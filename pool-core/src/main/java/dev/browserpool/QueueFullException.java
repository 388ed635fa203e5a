package dev.browserpool;

import java.util.Optional;

/** Too many requests wait already, in all or for one profile. */
public final class QueueFullException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final int waiting;
    private final int maximum;
    private final transient Optional<String> profileId;

    /** Made by the pool. */
    public QueueFullException(String requestId, int waiting, int maximum, Optional<String> profileId) {
        super("request " + requestId + " was refused: " + waiting + " requests wait already"
                + profileId.map(p -> " for profile " + p).orElse("") + ", " + maximum
                + " may; try later, or raise " + (profileId.isPresent() ? "maxQueuedPerProfile" : "maxQueued"));
        this.waiting = waiting;
        this.maximum = maximum;
        this.profileId = profileId;
    }

    /** How many waited. */
    public int waiting() {
        return waiting;
    }

    /** How many may. */
    public int maximum() {
        return maximum;
    }

    /** The profile whose line is full; empty if it is the line as a whole. */
    public Optional<String> profileId() {
        return profileId;
    }
}
