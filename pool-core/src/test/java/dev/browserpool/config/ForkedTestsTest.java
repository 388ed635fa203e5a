package dev.browserpool.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class ForkedTestsTest {

    @ParameterizedTest
    @CsvSource({
        "'target/surefire/surefirebooter-2_6.jar target/surefire 2026-11-26T16-01-12_561-jvmRun3 surefire-1tmp surefire_1-2tmp', 3",
        "'/opt/app-jvmRun12', 12"
    })
    void theForkIsReadFromItsCommandLine(String command, int number) {
        assertThat(ForkedTests.number(Map.of("sun.java.command", command))).hasValue(number);
    }

    @Test
    void aNumberThatTheBuildPassesOnGoesBeforeIt() {
        assertThat(ForkedTests.number(Map.of("surefire.forkNumber", "2", "sun.java.command", "x-jvmRun1 y")))
                .hasValue(2);
    }

    @Test
    void aNumberThatWasNeverFilledInAndAnOtherProgramAreNone() {
        assertThat(ForkedTests.number(
                        Map.of("surefire.forkNumber", "${surefire.forkNumber}", "sun.java.command", "Main")))
                .isEqualTo(OptionalInt.empty());
        assertThat(ForkedTests.number(Map.of())).isEqualTo(OptionalInt.empty());
    }

    @ParameterizedTest
    @CsvSource({"2,WARN", "1,INFO"})
    void aPoolInMemorySaysOnceThatItsLimitIsPerFork(String fork, String level) {
        Map<String, String> environment = Map.of("surefire.forkNumber", fork);
        ForkedTests tests = new ForkedTests();

        List<ILoggingEvent> lines = logged(log -> {
            tests.tell(environment, 3, log);
            tests.tell(environment, 3, log);
        });

        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.getLevel().toString()).isEqualTo(level);
            assertThat(line.getFormattedMessage())
                    .contains("a fork for tests (number " + fork + ")", "allows 3 browsers to it alone", "REDIS_URL");
        });
    }

    @Test
    void anyOtherJvmSaysNothing() {
        assertThat(logged(log -> new ForkedTests().tell(Map.of("sun.java.command", "Main"), 3, log)))
                .isEmpty();
    }

    private static List<ILoggingEvent> logged(Consumer<Logger> action) {
        Logger log = (Logger) LoggerFactory.getLogger(ForkedTestsTest.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        log.setLevel(Level.INFO);
        lines.start();
        log.addAppender(lines);
        try {
            action.accept(log);
            return List.copyOf(lines.list);
        } finally {
            log.detachAppender(lines);
        }
    }
}
