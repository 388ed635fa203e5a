package dev.browserpool.benchmarks.browsers;

import com.microsoft.playwright.Page;
import java.util.function.Consumer;

/** A way to isolated pages, for several threads at once. */
interface PageSource extends AutoCloseable {
    /** Lends a page that nobody else has had; what is done with it is over when this returns. */
    void lend(Consumer<Page> work) throws Exception;

    @Override
    void close();
}
