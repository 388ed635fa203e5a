package dev.browserpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checklist, and what is said of security, name the tests that prove it: they exist. */
class ChecklistTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern PROOF = Pattern.compile("`(\\w+)#(\\w+)`");

    @ParameterizedTest
    @ValueSource(strings = {"docs/checklist.md", "docs/security.md"})
    void everyTestThatIsNamedExists(String page) throws IOException {
        List<MatchResult> proofs =
                PROOF.matcher(Files.readString(ROOT.resolve(page))).results().toList();

        assertThat(proofs).hasSizeGreaterThan(10);
        for (MatchResult proof : proofs) {
            assertThat(source(proof.group(1))).as(proof.group()).contains("void " + proof.group(2) + "(");
        }
    }

    @Test
    void everyQuestionNamesAtLeastOneProof() throws IOException {
        List<String> questions = Files.readAllLines(ROOT.resolve("docs/checklist.md")).stream()
                .filter(line -> line.startsWith("| ") && line.contains("? |"))
                .toList();

        assertThat(questions)
                .hasSize(10)
                .allSatisfy(line -> assertThat(PROOF.matcher(line).results()).isNotEmpty());
    }

    /** All that there is in the modules' tests under this name. */
    private static String source(String className) throws IOException {
        StringBuilder code = new StringBuilder();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(path -> path.endsWith(className + ".java"))
                            .toList()) {
                        code.append(Files.readString(file));
                    }
                }
            }
        }
        return code.toString();
    }
}
