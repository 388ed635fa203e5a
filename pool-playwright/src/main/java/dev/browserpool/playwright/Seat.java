package dev.browserpool.playwright;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One driver's part in a browser that several share. To stop what runs in it, kill the driver: the browser's server then closes its
 * contexts, and leaving the seat waits for the proof of that. Holds no session.
 */
final class Seat {
    private final SharedBrowser browser;
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile @Nullable String context;

    Seat(SharedBrowser browser) {
        this.browser = browser;
    }

    Browser connect(Driver driver, Duration atMost) throws IOException, InterruptedException {
        return browser.connect(driver, atMost);
    }

    /** Opens a context's first page, which says by what name the browser knows the context. On the thread that has the driver. */
    Page open(BrowserContext made) {
        Page page = made.newPage();
        CDPSession session = made.newCDPSession(page);
        JsonObject about = session.send("Target.getTargetInfo").getAsJsonObject("targetInfo");
        context = about.get("browserContextId").getAsString();
        session.detach();
        return page;
    }

    /** A session begins in it. */
    void works() {
        browser.works(this);
    }

    /** The session has ended, and closed its context. */
    void rests() {
        browser.rests(this);
    }

    /**
     * Gives it up, when its driver is dead or disconnected. A second call does nothing.
     *
     * @param requestId for whom
     * @param atMost how long its context may take to end
     * @return whether that ended; otherwise the browser was killed
     */
    boolean leave(String requestId, Duration atMost) {
        if (!left.compareAndSet(false, true)) {
            return true;
        }
        try {
            String last = context;
            if (last == null) {
                browser.retire(); // whoever could open nothing in it may not be the only one
                return true;
            }
            return browser.awaitGone(last, requestId, atMost);
        } finally {
            browser.left(this);
        }
    }

    SharedBrowser browser() {
        return browser;
    }

    Optional<ProcessHandle> process() {
        return browser.process();
    }
}
