package dev.browserpool.examples;

import dev.browserpool.BrowserPool;
import dev.browserpool.playwright.BrowserSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How the demo opens browsers, and where the evidence of each request lies. Safe for many threads. */
final class DemoSessions {
    private final Settings.Paths paths;
    private final boolean headed;
    private final Duration evidenceBudget;
    private final Duration closeBudget;
    private final Map<String, Path> evidence = new ConcurrentHashMap<>();

    /** With these times for saving evidence, and for asking a browser to close and, once more, for waiting for its end. */
    DemoSessions(Settings.Paths paths, boolean headed, Duration evidenceBudget, Duration closeBudget) {
        this.paths = paths;
        this.headed = headed;
        this.evidenceBudget = evidenceBudget;
        this.closeBudget = closeBudget;
    }

    BrowserSessions over(BrowserPool pool) {
        return BrowserSessions.builder(pool)
                .profiles(paths.profiles())
                .evidence(paths.evidence())
                .evidenceBudget(evidenceBudget)
                .closeBudget(closeBudget)
                .exitBudget(closeBudget)
                .defaults(options -> options.headed(headed))
                .onClosed(report -> report.evidence()
                        .ifPresent(path -> evidence.put(report.request().requestId(), path)))
                .build();
    }

    Optional<Path> evidenceOf(String requestId) {
        return Optional.ofNullable(evidence.get(requestId));
    }
}
