package dev.browserpool.playwright;

import dev.browserpool.SlotRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whoever listens of one session's end. */
final class Farewell {
    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

    private final SessionSettings settings;
    private final SlotRequest request;
    private final AtomicBoolean begun = new AtomicBoolean();

    Farewell(SessionSettings settings, SlotRequest request) {
        this.settings = settings;
        this.request = request;
    }

    /** It is being closed. Said once. */
    void begins() {
        if (begun.compareAndSet(false, true)) {
            settings.tidings().tell(listener -> listener.ending(request));
        }
    }

    void forced(SessionListener.Force force) {
        settings.tidings().tell(listener -> listener.forced(request, force));
    }

    void closed(SessionReport report) {
        settings.tidings().tell(listener -> listener.closed(report));
        try {
            settings.onClosed().accept(report);
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: the listener of closed sessions failed", request.requestId(), e);
        }
    }
}
