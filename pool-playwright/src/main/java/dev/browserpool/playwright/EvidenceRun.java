package dev.browserpool.playwright;

import dev.browserpool.playwright.redaction.Redactor;
import dev.browserpool.playwright.redaction.TextRedactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The saving of one session's evidence, step by step. A step that fails is noted and stops none of the others. */
final class EvidenceRun {
    private static final int LONGEST = 5_000_000;

    private final Path directory;
    private final TextRedactor redactor;
    private final List<Step> steps = new ArrayList<>();

    EvidenceRun(Path directory, TextRedactor redactor) {
        this.directory = directory;
        this.redactor = redactor;
    }

    /** As it may be written down. */
    String text(String text) {
        return redactor.text(text);
    }

    /** A page's document, as it may be written down. */
    String document(String html) {
        return redactor.document(html);
    }

    /**
     * How one step went.
     *
     * @param name the step
     * @param saved whether it did what it should
     * @param problem why not
     * @param millis how long it took
     */
    record Step(String name, boolean saved, Optional<String> problem, long millis) {}

    /** Something that may fail in any way. */
    @FunctionalInterface
    interface Work {
        /** Does it. */
        void run() throws IOException;
    }

    /** Returns whether it did what it should. */
    boolean step(String name, Work work) {
        long start = System.nanoTime();
        Optional<String> problem = Optional.empty();
        try {
            work.run();
        } catch (IOException | RuntimeException | LinkageError e) {
            problem = Optional.of(text(firstLine(e)));
        }
        steps.add(new Step(name, problem.isEmpty(), problem, (System.nanoTime() - start) / 1_000_000));
        return problem.isEmpty();
    }

    void skip(String name, String why) {
        steps.add(new Step(name, false, Optional.of(why), 0));
    }

    /** At most 5 million characters of it. */
    void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Playwright appends its whole call log to a message. */
    static String firstLine(Throwable problem) {
        String text = Redactor.text(String.valueOf(problem.getMessage())).strip();
        return problem.getClass().getSimpleName() + ": "
                + text.lines().findFirst().orElse("");
    }
}
