package dev.browserpool.examples;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * Where the demo writes. On a terminal the progress bar stays below the lines; elsewhere there is no bar, so that a log has
 * nothing but lines.
 */
final class Screen implements ProgressBarConsumer {
    /** Nothing that the demo writes of its own accord is wider. */
    static final int WIDTH = 100;

    private static final int BAR_WIDTH = 79;
    private static final String TO_LINE_START = "\r";
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean isTerminal;
    private final Symbols symbols;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private String bar = "";

    Screen(PrintStream out, boolean isTerminal, Symbols symbols) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.symbols = symbols;
    }

    /** A text that is cut where it would be wider. */
    static String cut(String text, int widest) {
        return text.length() > widest ? text.substring(0, widest - 1) + "…" : text;
    }

    Symbols symbols() {
        return symbols;
    }

    void line(String text) {
        oneAtATime.lock();
        try {
            if (bar.isEmpty()) {
                out.println(text);
            } else {
                out.print(CLEAR_LINE + text + System.lineSeparator() + bar);
            }
            out.flush();
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Shows these checks; returns whether all hold. */
    boolean show(List<Check> checks) {
        line("");
        line("Checks");
        for (Check check : checks) {
            String symbol = check.holds() ? symbols.good() : symbols.bad();
            line("  " + symbol + " " + check.claim() + " (" + check.detail() + ")");
        }
        return checks.stream().allMatch(Check::holds);
    }

    @Override
    public int getMaxRenderedLength() {
        return BAR_WIDTH;
    }

    @Override
    public void accept(String rendered) {
        if (isTerminal) {
            show(TO_LINE_START + rendered, rendered);
        }
    }

    @Override
    public void close() {
        if (isTerminal) {
            show(CLEAR_LINE, "");
        }
    }

    private void show(String print, String nowInBar) {
        oneAtATime.lock();
        try {
            bar = nowInBar;
            out.print(print);
            out.flush();
        } finally {
            oneAtATime.unlock();
        }
    }
}
