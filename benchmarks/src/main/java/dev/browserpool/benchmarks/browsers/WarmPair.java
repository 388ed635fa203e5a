package dev.browserpool.benchmarks.browsers;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A browser of one's own, as one would start it by hand. For one thread at a time.
 *
 * @param playwright its driver
 * @param browser it
 */
record WarmPair(Playwright playwright, Browser browser) implements AutoCloseable {
    static WarmPair start(Path executable) {
        Playwright playwright = Playwright.create();
        return new WarmPair(
                playwright,
                playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(executable)));
    }

    void lend(Consumer<Page> work) {
        try (BrowserContext context = browser.newContext()) {
            work.accept(context.newPage());
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
