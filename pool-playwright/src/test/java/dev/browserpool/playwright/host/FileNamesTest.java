package dev.browserpool.playwright.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileNamesTest {
    @Test
    void noTwoOfOneNameAreAlike() {
        assertThat(Stream.generate(() -> FileNames.unique("task-7")).limit(1_000))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("task-7-[a-z0-9]{6}"));
    }

    @Test
    void whateverPeopleChooseBecomesANameInOnePiece() {
        assertThat(FileNames.of("../task 7/ü")).isEqualTo("__task_7__").doesNotContain("/");
        assertThat(FileNames.of("")).isEqualTo("_");
        assertThat(FileNames.of("x".repeat(200))).hasSize(80);
    }
}
