package dev.browserpool.benchmarks.jvm;

import java.util.concurrent.Semaphore;

/** The JDK's own fair semaphore. */
final class Semaphores implements Lender {
    private final Semaphore semaphore;

    Semaphores(int slots) {
        semaphore = new Semaphore(slots, true);
    }

    @Override
    public void pair(String requestId, Runnable work) throws InterruptedException {
        semaphore.acquire();
        try {
            work.run();
        } finally {
            semaphore.release();
        }
    }

    @Override
    public void close() {
        // nothing is held
    }
}
