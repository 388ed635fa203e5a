package dev.browserpool.examples.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class RunLogTest {
    private static final Logger log = LoggerFactory.getLogger("dev.browserpool.examples.log.test");

    @TempDir
    private Path directory;

    @Test
    void aLineKeepsItsValuesWhateverIsInThem() throws IOException {
        Path file = directory.resolve("log.jsonl");
        try (RunLog open = RunLog.to(file)) {
            log.atInfo()
                    .addKeyValue("event", "odd")
                    .addKeyValue("text", "a \"quote\", a\nline, a \\ and €")
                    .addKeyValue("number", 7)
                    .log("two {}", "words");
            assertThat(open).isNotNull();
        }

        LogLine line = LogLine.read(file).get(0);
        assertThat(line.event()).isEqualTo("odd");
        assertThat(line.value("text")).isEqualTo("a \"quote\", a\nline, a \\ and €");
        assertThat(line.value("number")).isEqualTo("7");
        assertThat(line.value("missing")).isEmpty();
        assertThat(line.message()).isEqualTo("two words");
    }

    @Test
    void itEndsWithTheRunAndLeavesOutWhatIsForDebugging() throws IOException {
        Path file = directory.resolve("log.jsonl");
        try (RunLog open = RunLog.to(file)) {
            log.debug("before, in detail");
            log.info("during");
            assertThat(open).isNotNull();
        }
        log.info("after");

        List<LogLine> lines = LogLine.read(file);
        assertThat(lines).extracting(LogLine::message).containsExactly("during");
    }
}
