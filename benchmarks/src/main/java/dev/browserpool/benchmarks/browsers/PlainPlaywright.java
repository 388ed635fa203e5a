package dev.browserpool.benchmarks.browsers;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A driver and a browser for each page.
 *
 * @param executable the browser
 */
record PlainPlaywright(Path executable) implements PageSource {
    @Override
    public void lend(Consumer<Page> work) {
        try (WarmPair own = WarmPair.start(executable)) {
            own.lend(work);
        }
    }

    @Override
    public void close() {
        // Nothing is kept.
    }
}
