package dev.browserpool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void aLogHasLinesAndNoBar() {
        Screen screen = screen(false);
        screen.accept("50% |##  |");
        screen.line("a task is done");
        screen.close();

        assertThat(written.toString(UTF_8)).isEqualTo("a task is done" + System.lineSeparator());
    }

    @Test
    void onATerminalTheBarStaysBelowTheLines() {
        Screen screen = screen(true);
        screen.accept("50%");
        screen.line("a task is done");
        screen.close();
        screen.line("the end");

        assertThat(written.toString(UTF_8))
                .isEqualTo("\r50%\r\u001b[Ka task is done" + System.lineSeparator() + "50%\r\u001b[Kthe end"
                        + System.lineSeparator());
    }

    private Screen screen(boolean isTerminal) {
        return new Screen(new PrintStream(written, true, UTF_8), isTerminal, Symbols.ASCII);
    }
}
