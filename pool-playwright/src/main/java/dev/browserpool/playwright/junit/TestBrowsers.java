package dev.browserpool.playwright.junit;

import dev.browserpool.BrowserPool;
import dev.browserpool.SlotRequest;
import dev.browserpool.config.BrowserPools;
import dev.browserpool.playwright.BrowserSessionsBuilder;

/**
 * Where the browsers of tests come from: implement what is to differ, and name the class in {@link UseBrowserPool#value()} or pass an
 * instance to {@link BrowserPoolExtension#using}. Used by all tests that name it, also by those that run at the same time, from one
 * test plan's first need to its end.
 */
public interface TestBrowsers extends AutoCloseable {

    /** The pool, asked for once; by default the one of this JVM, as its environment says. What this makes, {@link #close()} closes. */
    default BrowserPool pool() {
        return BrowserPools.shared();
    }

    /**
     * Changes how sessions are opened, once. Set already: profiles in {@code target/browser-profiles}, evidence in {@code
     * target/browser-evidence} of all that can be saved but a video, trace included. Where there is a build of Gradle, {@code build}
     * stands for {@code target}; where there is neither, the working directory. A relative directory is the test JVM's.
     */
    default void sessions(BrowserSessionsBuilder builder) {}

    /** Changes what a test asks the pool for: labels, the longest duration, a proxy. Called for each session, maybe by several threads. */
    default void request(SlotRequest.Builder request) {}

    /** The test plan has ended and all sessions are closed: close here what {@link #pool()} made, never {@link BrowserPools#shared()}. */
    @Override
    default void close() {}
}
