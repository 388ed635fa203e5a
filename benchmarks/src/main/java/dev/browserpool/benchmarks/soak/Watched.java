package dev.browserpool.benchmarks.soak;

/** What must not grow. */
enum Watched {
    HEAP("heap after GC, MB", 4, 0.10),
    THREADS("threads", 6, 0.05),
    HANDLES("file handles", 8, 0.05),
    PROCESSES("child processes", 0.5, 0),
    FILES("entries in the temporary directory", 0.5, 0),
    REDIS_MEMORY("Redis used_memory, MB", 0.5, 0.10),
    REDIS_KEYS("Redis keys", 2, 0);

    final String title;
    private final double absolute;
    private final double relative;

    /**
     * @param absolute how much of growth over the whole run is noise
     * @param relative the same as a part of what is there
     */
    Watched(String title, double absolute, double relative) {
        this.title = title;
        this.absolute = absolute;
        this.relative = relative;
    }

    /** What may be taken for noise, where so much is there. */
    double allowed(double median) {
        return Math.max(absolute, relative * median);
    }
}
