package dev.browserpool.examples;

import java.nio.file.Path;

/**
 * How to run the demo.
 *
 * @param slots the most browsers at once
 * @param workers the threads that share them
 * @param headed whether the browsers are shown
 * @param evidence where failures leave their evidence
 * @param profiles where the profiles are kept
 */
record Settings(int slots, int workers, boolean headed, Path evidence, Path profiles) {}
