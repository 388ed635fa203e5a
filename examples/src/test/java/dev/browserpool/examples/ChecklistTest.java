package dev.browserpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
            assertThat(source(proof.group(1)))
                    .as(proof.group())
                    .hasValueSatisfying(code -> assertThat(code).contains("void " + proof.group(2) + "("));
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

    private static Optional<String> source(String className) throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    Optional<Path> file = files.filter(path -> path.endsWith(className + ".java"))
                            .findFirst();
                    if (file.isPresent()) {
                        return Optional.of(Files.readString(file.get()));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
