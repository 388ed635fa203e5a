package dev.browserpool.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Java file of any module, for the rules that bytecode no longer shows. */
record SourceFile(Path path, String text) {
    private static final String TEXT_BLOCK = "\"{3}[\\s\\S]*?\"{3}";
    private static final String STRING = "\"(?:\\\\.|[^\"\\\\\n])*+\"";
    private static final String CHARACTER = "'(?:\\\\.|[^'\\\\\n])*+'";
    private static final String LINE_COMMENT = "//[^\n]*+";
    private static final String BLOCK_COMMENT = "/\\*[\\s\\S]*?\\*/";
    private static final Pattern LITERALS_AND_COMMENTS =
            Pattern.compile(String.join("|", TEXT_BLOCK, STRING, CHARACTER, LINE_COMMENT, BLOCK_COMMENT));

    static List<SourceFile> inAllModules() {
        Path root = projectRoot();
        try (Stream<Path> modules = Files.list(root)) {
            return modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .flatMap(module -> Stream.of(module.resolve("src/main/java"), module.resolve("src/test/java")))
                    .filter(Files::isDirectory)
                    .flatMap(SourceFile::javaFilesUnder)
                    .map(file -> new SourceFile(root.relativize(file), read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isMain() {
        return path.toString().replace('\\', '/').contains("/src/main/");
    }

    int lines() {
        return (int) text.lines().count();
    }

    /** Each place outside comments and literals where the pattern is found, as {@code path:line}. */
    List<String> placesOf(Pattern pattern) {
        String code = code();
        return pattern.matcher(code)
                .results()
                .map(found -> path + ":" + (1 + newlines(code.substring(0, found.start()))))
                .toList();
    }

    private String code() {
        return LITERALS_AND_COMMENTS.matcher(text).replaceAll(SourceFile::blank);
    }

    private static String blank(MatchResult found) {
        return " " + "\n".repeat((int) newlines(found.group()));
    }

    private static long newlines(String part) {
        return part.chars().filter(c -> c == '\n').count();
    }

    private static Path projectRoot() {
        Path candidate = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(candidate.resolve(".mvn"))) {
            candidate = candidate.getParent();
        }
        return candidate;
    }

    private static Stream<Path> javaFilesUnder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
