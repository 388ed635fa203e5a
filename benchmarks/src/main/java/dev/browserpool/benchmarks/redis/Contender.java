package dev.browserpool.benchmarks.redis;

/** Who is measured. */
enum Contender {
    BROWSER_POOL("Browser Pool") {
        @Override
        SharedLimit open(String url, String id, int permits) {
            return BrowserPoolLimit.open(url, id, permits);
        }
    },
    PERMIT_SEMAPHORE("Redisson RPermitExpirableSemaphore") {
        @Override
        SharedLimit open(String url, String id, int permits) {
            return RedissonLimits.semaphore(url, id, permits);
        }
    },
    FAIR_LOCK("Redisson RFairLock") {
        @Override
        SharedLimit open(String url, String id, int permits) {
            return RedissonLimits.fairLock(url, id, permits);
        }
    },
    POLLING("polling every 0.5 s") {
        @Override
        SharedLimit open(String url, String id, int permits) {
            return new PollingLimit(url, id, permits);
        }
    };

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** One JVM's access to the limit of this name. */
    abstract SharedLimit open(String url, String id, int permits);
}
