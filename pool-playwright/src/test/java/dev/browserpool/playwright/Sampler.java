package dev.browserpool.playwright;

import static org.awaitility.Awaitility.await;

import dev.browserpool.playwright.Workers.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Counts this JVM's browsers in the process table, all the time, until it is stopped. */
final class Sampler {
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger samples = new AtomicInteger();
    private final AtomicReference<List<String>> most = new AtomicReference<>(List.of());
    private final Worker<Integer> worker;

    Sampler() {
        worker = Workers.start("sampler", this::sample);
    }

    private int sample() {
        await().forever().pollInterval(Duration.ofMillis(25)).until(() -> {
            List<ProcessHandle> browsers = Machine.browsers();
            if (browsers.size() > most.get().size()) {
                most.set(browsers.stream().map(Machine::describe).toList());
            }
            samples.incrementAndGet();
            return over.get();
        });
        return samples.get();
    }

    /** Returns how often it looked. */
    int stop() throws Exception {
        over.set(true);
        return worker.result();
    }

    /** The most browsers that it saw at one moment. */
    List<String> most() {
        return most.get();
    }
}
