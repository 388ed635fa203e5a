package dev.browserpool.examples;

import dev.browserpool.examples.distributed.Batch;
import dev.browserpool.examples.distributed.Lines;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The batches that a worker's JVM was sent. If they end while one is being worked on, the sender is dead, and so is this JVM. */
final class Inbox {
    private static final int ORPHANED = 3;

    private final BlockingQueue<Optional<Batch>> batches = new LinkedBlockingQueue<>();
    private final AtomicInteger open = new AtomicInteger();

    Inbox(BufferedReader lines) {
        Thread reader = new Thread(() -> readAll(lines), "inbox");
        reader.setDaemon(true);
        reader.start();
    }

    private void readAll(BufferedReader lines) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                open.incrementAndGet();
                batches.add(Optional.of(Lines.read(line, Batch.class)));
            }
        } catch (IOException e) {
            // As good as its end.
        }
        if (open.get() > 0) {
            // Its drivers close the browsers when it is gone.
            Runtime.getRuntime().halt(ORPHANED);
        }
        batches.add(Optional.empty());
    }

    /** Waits for the next; empty when there will be none. */
    Optional<Batch> take() throws InterruptedException {
        return batches.take();
    }

    /** The last one taken has been worked on. */
    void done() {
        open.decrementAndGet();
    }
}
