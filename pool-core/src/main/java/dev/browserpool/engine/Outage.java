package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once what goes on failing in the same way, and once that it is over. */
final class Outage {
    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    private final String poolName;
    private final AtomicReference<@Nullable String> said = new AtomicReference<>();

    Outage(String poolName) {
        this.poolName = poolName;
    }

    void failed(String what, BrowserPoolException why) {
        String text = what + ": " + why.getMessage();
        if (text.equals(said.getAndSet(text))) {
            log.debug("pool {}: {}", poolName, text);
        } else {
            log.warn("pool {}: {}", poolName, what, why);
        }
    }

    void isOver() {
        if (said.getAndSet(null) != null) {
            log.info("pool {}: the store answers again", poolName);
        }
    }
}
