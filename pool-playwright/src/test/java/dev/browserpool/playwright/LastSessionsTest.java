package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.playwright.host.Processes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may go on, and what may still begin, when a JVM ends. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class LastSessionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"OPENS", "OPENS_WARM"})
    void inItsGraceASessionThatOnlyOpensMayDoItsWorkAsTheOthersMay(String what) throws Exception {
        try (OtherJvm jvm = OtherJvm.run(LastSessionsJvm.class, what, "PT60S")) {
            assertThat(jvm.nextLine()).isEqualTo("first worked");
            List<ProcessHandle> family = jvm.process().descendants().toList();
            assertThat(jvm.nextLine()).isEqualTo("second worked");
            assertThat(jvm.process().waitFor()).isEqualTo(3);
            await().atMost(Duration.ofSeconds(1)) // no reaper was needed: they take their time
                    .untilAsserted(() ->
                            assertThat(family).filteredOn(Processes::isAlive).isEmpty());
        }
    }

    @Test
    void whenItsGraceIsOverItFailsToOpen() throws Exception {
        try (OtherJvm jvm = OtherJvm.run(LastSessionsJvm.class, "OPENS", "PT0.05S")) {
            assertThat(jvm.nextLine()).isEqualTo("request second: this JVM ends");
            assertThat(jvm.process().waitFor()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPENS_FIRST", "OPENS_LATE"})
    void noneBeginsWithoutGraceOnceTheJvmEnds(String what) throws Exception {
        try (OtherJvm jvm = OtherJvm.run(LastSessionsJvm.class, what, "PT0S")) {
            assertThat(jvm.nextLine()).isEqualTo("request late: this JVM ends");
            assertThat(jvm.process().waitFor()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPENS_FIRST", "OPENS_LATE"})
    void inItsGraceOneMayEvenBegin(String what) throws Exception {
        try (OtherJvm jvm = OtherJvm.run(LastSessionsJvm.class, what, "PT60S")) {
            assertThat(jvm.nextLine()).isEqualTo("late worked");
            assertThat(jvm.process().waitFor()).isEqualTo(3);
        }
    }
}
