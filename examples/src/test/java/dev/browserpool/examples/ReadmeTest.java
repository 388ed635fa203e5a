package dev.browserpool.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README is true: its snippets compile, its links lead somewhere, and it stays short. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    /** What a snippet takes for granted; what it declares itself is left out. */
    private static final List<String> CONTEXT = List.of(
            "BrowserPool pool = null;",
            "BrowserSessions browsers = null;",
            "SlotRequest request = null;",
            "AccountRouter router = null;",
            "TaskManifest task = null;");

    static Stream<String> snippets() throws IOException {
        Matcher matcher = SNIPPET.matcher(readme());
        List<String> snippets = new ArrayList<>();
        while (matcher.find()) {
            snippets.add(matcher.group(1));
        }
        assertThat(snippets).hasSizeGreaterThanOrEqualTo(4);
        return snippets.stream();
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void everySnippetCompiles(String snippet, @TempDir Path classes) {
        assertThat(compile(program(snippet), classes)).isEmpty();
    }

    @Test
    void theTestClassOfTheJUnitPageCompiles(@TempDir Path classes) throws IOException {
        Matcher matcher = SNIPPET.matcher(Files.readString(ROOT.resolve("docs/junit.md")));
        assertThat(matcher.find()).isTrue();
        String imports = """
                import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
                import com.microsoft.playwright.Page;
                import dev.browserpool.playwright.BrowserSession;
                import dev.browserpool.playwright.junit.*;
                import org.junit.jupiter.api.Test;
                """;
        assertThat(compile(imports + matcher.group(1), classes)).isEmpty();
    }

    @Test
    void aSnippetThatIsWrongIsFound(@TempDir Path classes) {
        assertThat(compile(program("pool.noSuchMethod();"), classes)).contains("noSuchMethod");
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = LINK.matcher(readme())
                .results()
                .map(link -> link.group(1))
                .filter(target -> !Files.exists(ROOT.resolve(target)))
                .toList();
        assertThat(broken).isEmpty();
    }

    @Test
    void itIsShorterThan150Lines() throws IOException {
        assertThat(readme().lines().count()).isLessThan(150);
    }

    private static String program(String snippet) {
        String given = CONTEXT.stream()
                .filter(line -> !snippet.contains(line.substring(0, line.indexOf(" = "))))
                .collect(Collectors.joining("\n"));
        return """
                import dev.browserpool.*;
                import dev.browserpool.config.*;
                import dev.browserpool.memory.*;
                import dev.browserpool.playwright.*;
                import java.nio.file.Path;
                import java.time.Duration;

                class Snippet {
                    record Report() {}
                    static Report explore(SlotLease lease) { return new Report(); }
                    static void runBrowserOperation(String id) {}

                    static void run() throws Exception {
                        %s
                        %s
                    }
                }
                """.formatted(given, snippet);
    }

    /** What the compiler complains about; empty if nothing. */
    private static String compile(String program, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return program;
                    }
                };
        boolean compiled = compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString()),
                        null,
                        List.of(file))
                .call();
        return compiled ? "" : complaints.toString();
    }
}
