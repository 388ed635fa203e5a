package dev.browserpool.benchmarks.browsers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The processes that this JVM has started: drivers and browsers. */
final class Family {
    private static final double MEGABYTE = 1024;

    private Family() {}

    static long size() {
        return ProcessHandle.current().descendants().count();
    }

    /** Megabytes that they have resident; what several share is divided among them (proc(5), Pss). 0 where that can't be seen. */
    static double memory() {
        return ProcessHandle.current()
                        .descendants()
                        .mapToLong(process -> kilobytes(process.pid()))
                        .sum()
                / MEGABYTE;
    }

    private static long kilobytes(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | RuntimeException gone) {
            return 0;
        }
    }

    /** Looks at the memory until it is closed. */
    static final class Peak implements AutoCloseable {
        private static final long PERIOD = Duration.ofMillis(500).toNanos();
        private final AtomicLong most = new AtomicLong();
        private final Thread looker = new Thread(this::look, "peak");

        Peak() {
            looker.setDaemon(true);
            looker.start();
        }

        private void look() {
            while (!Thread.currentThread().isInterrupted()) {
                most.accumulateAndGet(Math.round(memory()), Math::max);
                LockSupport.parkNanos(PERIOD);
            }
        }

        double most() {
            return most.get();
        }

        @Override
        public void close() {
            looker.interrupt();
        }
    }
}
