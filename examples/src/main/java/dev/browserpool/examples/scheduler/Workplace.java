package dev.browserpool.examples.scheduler;

import dev.browserpool.BrowserPool;
import dev.browserpool.ConflictPolicy;
import dev.browserpool.playwright.BrowserSessions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What all workers of a run share.
 *
 * @param pool says who may run
 * @param browsers opens the sessions
 * @param policy what to do about a conflict
 * @param evidence where the evidence of a request lies, by its id
 * @param line the tasks that nobody has in hand
 * @param desk the tasks that wait for a person
 * @param work what a task does in its browser
 * @param listener hears decisions and reports
 */
record Workplace(
        BrowserPool pool,
        BrowserSessions browsers,
        ConflictPolicy policy,
        Function<String, Optional<Path>> evidence,
        TaskLine line,
        ReviewDesk desk,
        TaskWork work,
        SchedulerListener listener) {}
