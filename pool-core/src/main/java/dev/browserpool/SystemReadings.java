package dev.browserpool;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What the JVM knows of its host: {@link OperatingSystemMXBean}, which sees the limits of a container. It counts the page cache as
 * used, with which every Linux host is full sooner or later; so where the kernel says what could be had, in {@code MemAvailable} of
 * {@code /proc/meminfo} (proc(5)) and {@code inactive_file} of the control group's {@code memory.stat} (cgroup-v2), that counts.
 */
final class SystemReadings implements HostReadings {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Path GROUP_V2 = Path.of("/sys/fs/cgroup/memory.stat");
    private static final Path GROUP_V1 = Path.of("/sys/fs/cgroup/memory/memory.stat");
    private static final long KIB = 1024;

    private final OperatingSystemMXBean bean = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @Override
    public double cpu() throws IOException {
        double load = bean.getCpuLoad();
        if (!(load >= 0)) {
            throw new IOException("the JVM does not know how busy the processors are");
        }
        return load;
    }

    @Override
    public double memory() throws IOException {
        long total = bean.getTotalMemorySize();
        if (total <= 0) {
            throw new IOException("the JVM does not know how much memory there is");
        }
        long available = Math.min(available(total), total);
        return 1.0 - (double) available / total;
    }

    private long available(long total) throws IOException {
        long free = bean.getFreeMemorySize();
        long ofHost = number(MEMINFO, "MemTotal:").orElse(0) * KIB;
        if (total == ofHost) {
            OptionalLong available = number(MEMINFO, "MemAvailable:");
            return available.isPresent() ? available.getAsLong() * KIB : free;
        }
        OptionalLong cached = number(GROUP_V2, "inactive_file");
        cached = cached.isPresent() ? cached : number(GROUP_V1, "total_inactive_file");
        return free + cached.orElse(0);
    }

    /** The number in the line of a file that begins with this word; empty if there is none. */
    private static OptionalLong number(Path file, String word) throws IOException {
        if (!Files.isReadable(file)) {
            return OptionalLong.empty();
        }
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.strip().split("\\s+", 3);
            if (parts.length > 1 && parts[0].equals(word)) {
                return OptionalLong.of(Long.parseLong(parts[1]));
            }
        }
        return OptionalLong.empty();
    }
}
