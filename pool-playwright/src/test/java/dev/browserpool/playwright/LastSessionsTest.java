package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What may go on, and what may still begin, when a JVM ends. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class LastSessionsTest {
    @Test
    void inItsGraceASessionThatOnlyOpensMayDoItsWorkAsTheOthersMay() throws Exception {
        try (OtherJvm jvm = OtherJvm.run(LastSessionsJvm.class, "OPENS", "PT60S")) {
            assertThat(jvm.nextLine()).isEqualTo("first worked");
            assertThat(jvm.nextLine()).isEqualTo("second worked");
            assertThat(jvm.process().waitFor()).isEqualTo(3);
        }
    }

    @Test
    void noneBeginsWithoutGraceOnceTheJvmEnds() throws Exception {
        try (OtherJvm jvm = OtherJvm.run(LastSessionsJvm.class, "OPENS_LATE", "PT0S")) {
            assertThat(jvm.nextLine()).startsWith("request late");
            assertThat(jvm.process().waitFor()).isEqualTo(3);
        }
    }

    @Test
    void inItsGraceOneMayEvenBegin() throws Exception {
        try (OtherJvm jvm = OtherJvm.run(LastSessionsJvm.class, "OPENS_LATE", "PT60S")) {
            assertThat(jvm.nextLine()).isEqualTo("late worked");
            assertThat(jvm.process().waitFor()).isEqualTo(3);
        }
    }
}
