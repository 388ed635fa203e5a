package dev.browserpool.playwright;

import com.microsoft.playwright.BrowserContext;
import java.util.Optional;

/**
 * What an opening has brought up.
 *
 * @param driver the driver
 * @param context the session's context
 * @param shared the browser, if it is one that can serve another session afterwards
 */
record Opened(Driver driver, BrowserContext context, Optional<WarmBrowser> shared) {}
