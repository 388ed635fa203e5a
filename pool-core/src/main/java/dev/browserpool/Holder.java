package dev.browserpool;

import java.time.Duration;

/**
 * Somebody who holds a slot while another waits for it.
 *
 * @param requestId who
 * @param type its kind of work
 * @param heldFor for how long so far
 */
public record Holder(String requestId, OperationType type, Duration heldFor) {
    @Override
    public String toString() {
        return requestId + " (" + type + ", for " + heldFor.toSeconds() + " s)";
    }
}
