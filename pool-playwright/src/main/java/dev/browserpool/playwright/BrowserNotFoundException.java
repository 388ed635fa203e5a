package dev.browserpool.playwright;

import dev.browserpool.BrowserPoolException;
import java.util.List;

/** There is no browser on this machine where the library looks for one. Nothing was acquired and nothing launched. */
public final class BrowserNotFoundException extends BrowserPoolException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> searched;

    BrowserNotFoundException(String problem, List<String> searched) {
        super(problem + "; searched: " + String.join(", ", searched)
                + ". Install one with scripts/ensure-browser, or set BROWSER_POOL_CHROMIUM to the executable of a"
                + " Chromium or Chrome");
        this.searched = List.copyOf(searched);
    }

    /** The places that were searched, in order, as people would name them. */
    public List<String> searched() {
        return searched;
    }
}
