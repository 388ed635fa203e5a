package dev.browserpool.examples;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to run the demo.
 *
 * @param slots the most browsers at once
 * @param workers the threads that share them
 * @param headed whether the browsers are shown
 * @param review who reviews
 * @param input where a person types, if one reviews
 * @param paths where things are kept
 * @param dashboardPort where the dashboard is served, zero for a free port; empty if it isn't
 */
record Settings(
        int slots,
        int workers,
        boolean headed,
        Review review,
        InputStream input,
        Paths paths,
        Optional<Integer> dashboardPort) {
    /** Who looks at what only a person can decide. */
    enum Review {
        /** A script, so that the run ends by itself. */
        AUTO,
        /** A person, on standard input. */
        ASK
    }

    /**
     * Where things are kept.
     *
     * @param evidence what failures leave
     * @param profiles the profiles
     * @param log the structured log, a file
     */
    record Paths(Path evidence, Path profiles, Path log) {}
}
