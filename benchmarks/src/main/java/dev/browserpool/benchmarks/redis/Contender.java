package dev.browserpool.benchmarks.redis;

/** Who is measured. */
enum Contender {
    BROWSER_POOL("Browser Pool"),
    PERMIT_SEMAPHORE("Redisson RPermitExpirableSemaphore"),
    FAIR_LOCK("Redisson RFairLock"),
    POLLING("polling every 0.5 s");

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** One JVM's access to the limit of this name. */
    SharedLimit open(String url, String id, int permits) {
        return switch (this) {
            case BROWSER_POOL -> BrowserPoolLimit.open(url, id, permits);
            case PERMIT_SEMAPHORE -> RedissonLimits.semaphore(url, id, permits);
            case FAIR_LOCK -> RedissonLimits.fairLock(url, id, permits);
            case POLLING -> new PollingLimit(url, id, permits);
        };
    }
}
