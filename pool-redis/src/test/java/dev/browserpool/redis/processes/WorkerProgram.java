package dev.browserpool.redis.processes;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolEvent;
import dev.browserpool.engine.LocalValidity;
import dev.browserpool.redis.processes.Event.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A JVM that joins a pool and keeps asking for leases, with several threads, until it reads {@code finish}. It ends at once if whoever
 * started it is gone.
 */
final class WorkerProgram {
    static final String FINISH = "finish";
    private static final long LOOK_EVERY = Duration.ofMillis(5).toNanos();

    private volatile boolean finishing;

    private WorkerProgram() {}

    public static void main(String[] args) throws Exception {
        new WorkerProgram().run(WorkerSettings.fromJson(args[0]));
    }

    private void run(WorkerSettings settings) throws Exception {
        daemon("orders", this::obey);
        try (EventLog log = new EventLog(Path.of(settings.log()))) {
            try (BrowserPool pool = settings.connect()) {
                LocalValidity validity = LocalValidity.of(pool);
                log.write(Kind.TRUSTED, "", validity.until(), "");
                pool.addListener(event -> {
                    if (event instanceof PoolEvent.Queued queued) {
                        log.write(Kind.QUEUED, queued.request().requestId(), 0, "");
                    }
                });
                log.write(Kind.JOINED);
                daemon("trust", () -> watch(validity, log));
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < settings.threads(); i++) {
                    Asker asker = new Asker(settings, i, pool, log, () -> finishing);
                    threads.add(daemon("asker-" + i, asker));
                }
                for (Thread thread : threads) {
                    thread.join();
                }
            }
            log.write(Kind.LEFT);
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void obey() {
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                if (line.equals(FINISH)) {
                    finishing = true;
                }
            }
        } catch (IOException e) {
            // as good as the end
        }
        Runtime.getRuntime().halt(3);
    }

    private static void watch(LocalValidity validity, EventLog log) {
        long last = 0;
        while (true) {
            long until = validity.until();
            if (until != last) {
                log.write(Kind.TRUSTED, "", until, "");
                last = until;
            }
            LockSupport.parkNanos(LOOK_EVERY);
        }
    }
}
