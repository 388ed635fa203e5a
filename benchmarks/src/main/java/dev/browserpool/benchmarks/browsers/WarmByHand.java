package dev.browserpool.benchmarks.browsers;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.function.Consumer;

/** One warm browser, for one thread: what a session in a warm browser can't be faster than. */
final class WarmByHand implements PageSource {
    private final WarmPair pair;

    WarmByHand(Path executable) {
        this.pair = WarmPair.start(executable);
    }

    @Override
    public void lend(Consumer<Page> work) {
        pair.lend(work);
    }

    @Override
    public void close() {
        pair.close();
    }
}
