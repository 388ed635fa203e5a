package dev.browserpool.examples;

import dev.browserpool.examples.scheduler.TaskReport.Outcome;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Help.Ansi;

/**
 * The characters to draw with: nice ones where they can be shown, plain ones elsewhere.
 *
 * @param good before what went well
 * @param bad before what did not
 * @param left before what was left out
 * @param again before a task that was put back
 * @param pause before a task that waits
 * @param person before what a person has to do with
 * @param bar how the progress bar looks
 */
record Symbols(String good, String bad, String left, String again, String pause, String person, ProgressBarStyle bar) {
    static final Symbols UNICODE = new Symbols("✓", "✗", "–", "↻", "…", "◆", ProgressBarStyle.UNICODE_BLOCK);
    static final Symbols ASCII = new Symbols("ok", "NO", "--", "->", "..", "**", ProgressBarStyle.ASCII);

    /** What the standard output of this JVM can show. */
    static Symbols ofStandardOutput() {
        String charset = Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(Charset.defaultCharset().name());
        return charset.equalsIgnoreCase("UTF-8") ? UNICODE : ASCII;
    }

    /** For how a task ended. */
    String of(Outcome outcome) {
        return switch (outcome) {
            case DONE -> good;
            case FAILED -> bad;
            case LEFT_OUT -> left;
        };
    }

    /** The same in colour, for a terminal. */
    Symbols coloured() {
        return new Symbols(
                in("green", good),
                in("red", bad),
                in("yellow", left),
                in("cyan", again),
                in("cyan", pause),
                in("magenta", person),
                bar);
    }

    private static String in(String colour, String text) {
        return Ansi.ON.string("@|" + colour + " " + text + "|@");
    }
}
