package dev.browserpool.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules of the house that are visible in the sources only, for every module at once. */
class SourceRulesTest {
    private static final int MOST_LINES_OF_MAIN = 300;
    private static final int MOST_LINES_OF_TEST = 400;

    private static final Pattern SYNCHRONIZED = Pattern.compile("\\bsynchronized\\b");
    private static final Pattern SLEEP =
            Pattern.compile("\\bThread\\s*\\.\\s*sleep\\b|\\bThread\\s*::\\s*sleep\\b|\\b[A-Z]+\\s*\\.\\s*sleep\\b");

    private final List<SourceFile> sources = SourceFile.inAllModules();

    @Test
    void mainCodeHasNoSynchronizedBecauseItPinsVirtualThreads() {
        assertThat(sources)
                .filteredOn(SourceFile::isMain)
                .flatMap(source -> source.placesOf(SYNCHRONIZED))
                .as("use a ReentrantLock")
                .isEmpty();
    }

    @Test
    void nobodySleepsNeitherInMainCodeNorInTests() {
        assertThat(sources)
                .isNotEmpty()
                .flatMap(source -> source.placesOf(SLEEP))
                .as("wait for a condition, a thread state, or the injected clock")
                .isEmpty();
    }

    @Test
    void everyFileFitsItsSize() {
        assertThat(sources)
                .filteredOn(source -> source.lines() > (source.isMain() ? MOST_LINES_OF_MAIN : MOST_LINES_OF_TEST))
                .extracting(source -> source.path() + " has " + source.lines() + " lines")
                .as("split what is larger than %d lines (tests: %d)", MOST_LINES_OF_MAIN, MOST_LINES_OF_TEST)
                .isEmpty();
    }

    @Test
    void aRuleSeesCodeAndOverlooksCommentsAndLiterals() {
        SourceFile source = new SourceFile(Path.of("A.java"), """
                /* synchronized
                 * and again: synchronized */
                String s = "a \\" synchronized"; // synchronized
                char quote = '"';
                synchronized (s) {}
                """);

        assertThat(source.placesOf(SYNCHRONIZED)).containsExactly("A.java:5");
    }
}
