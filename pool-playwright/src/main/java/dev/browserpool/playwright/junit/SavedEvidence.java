package dev.browserpool.playwright.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the evidence of a failed test is, beside its failure: what is suppressed is shown by every runner, report entries by few. */
final class SavedEvidence extends Exception {
    private static final long serialVersionUID = 1L;

    private SavedEvidence(String message) {
        super(message, null, false, false);
    }

    /** For the stack trace of a failure. */
    static SavedEvidence in(Path directory) {
        Path trace = directory.resolve("trace.zip");
        return new SavedEvidence("the browser's evidence is in " + directory
                + (Files.exists(trace) ? ", and its trace is shown by: npx playwright show-trace " + trace : ""));
    }

    /** For a report entry: what a reader wants first, by name. */
    static Map<String, String> entry(Path directory) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("browser-pool.evidence", directory.toString());
        put(entry, "browser-pool.trace", directory.resolve("trace.zip"));
        put(entry, "browser-pool.screenshot", directory.resolve("screenshot.png"));
        return entry;
    }

    private static void put(Map<String, String> entry, String key, Path file) {
        if (Files.exists(file)) {
            entry.put(key, file.toString());
        }
    }
}
