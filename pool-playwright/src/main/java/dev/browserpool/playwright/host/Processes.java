package dev.browserpool.playwright.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the operating system knows of processes. On Linux read from {@code /proc}, since {@link ProcessHandle} takes a zombie
 * for alive and cuts long command lines; elsewhere what {@code ProcessHandle} says.
 */
public final class Processes {
    /** For killed processes to vanish, and files to be deleted. */
    public static final Duration TO_VANISH = Duration.ofSeconds(2);

    private static final Path PROC = Path.of("/proc");
    private static final boolean HAS_PROC = Files.isReadable(PROC.resolve("self/stat"));

    private Processes() {}

    /**
     * False for a zombie too: it holds no file, no lock and no memory, whenever its parent may get round to reaping it. But it is none yet
     * as long as another thread of it is on its way out: that one still has them all, while the state is that of the first thread.
     */
    public static boolean isAlive(ProcessHandle process) {
        if (!HAS_PROC) {
            return process.isAlive();
        }
        if (Files.notExists(PROC.resolve(Long.toString(process.pid())))) {
            return false;
        }
        Optional<String> state = stat(process.pid(), 0).findAny();
        if (state.isEmpty()) {
            // No file could be opened, or it has gone just now: in doubt it lives.
            return Files.exists(PROC.resolve(Long.toString(process.pid())));
        }
        boolean isOver = state.get().equals("X") || (state.get().equals("Z") && threads(process) <= 1);
        return process.isAlive() && !isOver;
    }

    private static int threads(ProcessHandle process) {
        return stat(process.pid(), 17).findAny().map(Integer::parseInt).orElse(0);
    }

    /** Whether there is a {@code /proc} to read from. */
    static boolean canSeeAll() {
        return HAS_PROC;
    }

    /** When it was started, in ticks since the machine was: with its id, that is like no other process. Empty if it is gone. */
    public static Optional<String> startTicks(ProcessHandle process) {
        return stat(process.pid(), 19).findAny();
    }

    /**
     * Whether the process that has this id now lives, and can have started another one: if it is younger than that, the id was given
     * to it after the one that did was gone. In doubt it can.
     */
    public static boolean mayBeParent(long pid, ProcessHandle child) {
        Optional<ProcessHandle> parent = ProcessHandle.of(pid).filter(Processes::isAlive);
        Optional<Long> own = startTicks(child).map(Long::valueOf);
        return parent.isPresent()
                && parent.flatMap(Processes::startTicks)
                        .map(Long::valueOf)
                        .filter(ticks -> own.filter(later -> later < ticks).isPresent())
                        .isEmpty();
    }

    /** Whether there is a Java virtual machine in it, whatever it is called; empty where that can't be seen. */
    public static Optional<Boolean> isJvm(ProcessHandle process) {
        String maps = read(process.pid(), "maps");
        return maps.isEmpty() ? Optional.empty() : Optional.of(maps.contains("/libjvm."));
    }

    /** The namespace in which its id counts, by the kernel's name for it; empty where that can't be seen. */
    static Optional<String> namespace(ProcessHandle process) {
        try {
            return Optional.of(Files.readSymbolicLink(
                            PROC.resolve(Long.toString(process.pid())).resolve("ns/pid"))
                    .toString());
        } catch (IOException | UnsupportedOperationException unseen) {
            return Optional.empty();
        }
    }

    /** False also where that can't be seen, but on systems that have none. */
    public static boolean isInOurNamespace(ProcessHandle process) {
        return !HAS_PROC || namespace(process).equals(namespace(ProcessHandle.current()));
    }

    /** Its command line, program first; empty if it is gone or belongs to somebody else. */
    public static List<String> commandLine(ProcessHandle process) {
        if (HAS_PROC) {
            return Arrays.asList(read(process.pid(), "cmdline").split("\0", -1));
        }
        return process.info()
                .commandLine()
                .map(line -> Arrays.asList(line.split(" ", -1)))
                .orElse(List.of());
    }

    /**
     * The members of the process group that a process leads or led, also those that were passed to another parent when it
     * died. Empty where groups can't be seen, or if the number has been given to another process since.
     */
    public static Stream<ProcessHandle> group(ProcessHandle leader) {
        boolean reused = ProcessHandle.of(leader.pid())
                .filter(now -> !now.equals(leader))
                .isPresent();
        if (!HAS_PROC || reused) {
            return Stream.empty();
        }
        String group = Long.toString(leader.pid());
        return ProcessHandle.allProcesses().filter(p -> stat(p.pid(), 2).anyMatch(group::equals));
    }

    /** Whether a process leads a process group, as each browser's main process does; true where that can't be seen. */
    public static boolean leadsGroup(ProcessHandle process) {
        return !HAS_PROC || stat(process.pid(), 2).anyMatch(Long.toString(process.pid())::equals);
    }

    /** The processes to whom a directory was given for their temporary files; empty where that can't be seen. */
    public static Stream<ProcessHandle> withTemporaryDirectory(Path directory) {
        String variable = "TMPDIR=" + directory;
        return HAS_PROC
                ? ProcessHandle.allProcesses()
                        .filter(p -> Arrays.asList(read(p.pid(), "environ").split("\0", -1))
                                .contains(variable))
                : Stream.empty();
    }

    /** One field of {@code stat}, counted from the state, behind the program's name, which may hold anything. */
    private static Stream<String> stat(long pid, int field) {
        String line = read(pid, "stat");
        int end = line.lastIndexOf(')');
        return end < 0 ? Stream.empty() : Stream.of(line.substring(end + 2).split(" ", -1)[field]);
    }

    private static String read(long pid, String file) {
        try {
            return new String(
                    Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve(file)), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }
}
