package dev.browserpool.playwright;

import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.SlotState;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Work on another thread, with a name. */
final class Workers {
    private Workers() {}

    static <T> Worker<T> start(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return new Worker<>(thread, task);
    }

    static void awaitState(BrowserPool pool, String requestId, SlotState state) {
        await().until(() ->
                pool.slot(requestId).filter(slot -> slot.state() == state).isPresent());
    }

    static boolean isIn(Thread thread, String method) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals(method));
    }

    /** A thread and what it will return. */
    record Worker<T>(Thread thread, FutureTask<T> task) {
        T result() throws Exception {
            return task.get(3, TimeUnit.MINUTES);
        }

        boolean isIn(String method) {
            return Workers.isIn(thread, method);
        }

        void interruptAfter(Duration delay) throws InterruptedException {
            thread.join(delay.toMillis());
            thread.interrupt();
        }
    }
}
