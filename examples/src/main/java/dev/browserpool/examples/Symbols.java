package dev.browserpool.examples;

import java.nio.charset.Charset;
import java.util.Objects;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * The characters to draw with: nice ones where they can be shown, plain ones elsewhere.
 *
 * @param good before what went well
 * @param bad before what did not
 * @param again before a task that was put back
 * @param pause before a task that waits
 * @param bar how the progress bar looks
 */
record Symbols(String good, String bad, String again, String pause, ProgressBarStyle bar) {
    static final Symbols UNICODE = new Symbols("✓", "✗", "↻", "…", ProgressBarStyle.UNICODE_BLOCK);
    static final Symbols ASCII = new Symbols("ok", "NO", "->", "..", ProgressBarStyle.ASCII);

    /** What the standard output of this JVM can show. */
    static Symbols ofStandardOutput() {
        String charset = Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(Charset.defaultCharset().name());
        return charset.equalsIgnoreCase("UTF-8") ? UNICODE : ASCII;
    }
}
