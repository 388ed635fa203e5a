package dev.browserpool.playwright.host;

import java.io.IOException;
import java.io.InterruptedIOException;

/** For work with files, which does not notice an interrupt by itself. */
public final class Interrupts {
    private Interrupts() {}

    /** Between two files. The flag stays. */
    public static void check() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted between two files");
        }
    }
}
