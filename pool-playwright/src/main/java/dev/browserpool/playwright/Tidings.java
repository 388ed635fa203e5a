package dev.browserpool.playwright;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who hear of sessions.
 *
 * @param listeners in the order in which they were added
 */
record Tidings(List<SessionListener> listeners) {
    private static final Logger LOG = LoggerFactory.getLogger(Tidings.class);

    /** None of them keeps the others, or the session, from going on. */
    void tell(Consumer<SessionListener> what) {
        for (SessionListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException | Error e) {
                LOG.warn("a listener of sessions failed", e);
            }
        }
    }
}
