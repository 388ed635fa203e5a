package dev.browserpool.playwright;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;

/**
 * The browsers that Playwright drives. Chromium is what this library is made for and tested with. The others get none of its
 * switches, and without an explicit executable Playwright looks for its own install.
 */
public enum BrowserKind {
    /** Chromium, Chrome, or Playwright's headless shell. */
    CHROMIUM,
    /** Playwright's build of Firefox. */
    FIREFOX,
    /** Playwright's build of WebKit. */
    WEBKIT;

    BrowserType of(Playwright playwright) {
        return switch (this) {
            case CHROMIUM -> playwright.chromium();
            case FIREFOX -> playwright.firefox();
            case WEBKIT -> playwright.webkit();
        };
    }
}
