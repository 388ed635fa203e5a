package dev.browserpool.benchmarks.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.browserpool.benchmarks.report.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What was there, at intervals. Not thread-safe. */
final class Samples {
    private final Map<Watched, List<Point>> all = new EnumMap<>(Watched.class);
    private final Ground ground;
    private final long begin = System.nanoTime();

    Samples(Ground ground) {
        this.ground = ground;
    }

    double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    void take() {
        System.gc();
        add(
                Watched.HEAP,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6);
        add(Watched.THREADS, ManagementFactory.getThreadMXBean().getThreadCount());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            add(Watched.HANDLES, (double) system.getOpenFileDescriptorCount());
        }
        add(Watched.PROCESSES, (double) ProcessHandle.current().descendants().count());
        add(Watched.FILES, files());
        ground.watched().forEach(this::add);
    }

    /** The directory is this run's own, if the command behind it has made one. */
    private static double files() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Watched what, double value) {
        all.computeIfAbsent(what, fresh -> new ArrayList<>()).add(new Point(seconds(), value));
    }

    Map<Watched, List<Point>> all() {
        return all;
    }
}
