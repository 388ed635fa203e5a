package dev.browserpool.playwright.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory processes have resident. What they share counts for each of them. */
public final class ResidentMemory {
    private ResidentMemory() {}

    /** Bytes of a process and all that descend from it; 0 where that can't be seen. */
    public static long ofFamily(ProcessHandle head) {
        return Stream.concat(Stream.of(head), head.descendants())
                .mapToLong(ResidentMemory::of)
                .sum();
    }

    /** In kB, as proc(5) says of VmRSS. */
    private static long of(ProcessHandle process) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | RuntimeException gone) {
            return 0;
        }
    }
}
