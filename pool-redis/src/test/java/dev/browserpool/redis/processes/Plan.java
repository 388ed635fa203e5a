package dev.browserpool.redis.processes;

import java.nio.file.Path;

/**
 * How large a trial is.
 *
 * @param directory where its logs go
 * @param workers how many JVMs
 * @param threads how many of each want a lease, all the time
 * @param rounds how often the fault strikes
 */
record Plan(Path directory, Timing timing, int workers, int threads, int maxBrowsers, int rounds, long seed) {}
