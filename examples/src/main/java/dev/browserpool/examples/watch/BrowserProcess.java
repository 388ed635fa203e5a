package dev.browserpool.examples.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The main process of a browser that was started under a lease of the pool.
 *
 * @param handle the process
 * @param lease the value of its {@code --pool-lease} switch
 * @param userDataDirectory where it keeps its state
 */
record BrowserProcess(ProcessHandle handle, String lease, String userDataDirectory) {
    private static final String LEASE = "--pool-lease=";
    private static final String DIRECTORY = "--user-data-dir=";

    /**
     * Empty if the process is something else: a renderer or other part of a browser, whoever only speaks of a browser's switches in a
     * script or a title, or no browser of the pool.
     */
    static Optional<BrowserProcess> of(ProcessHandle handle) {
        return of(handle, arguments(handle));
    }

    static Optional<BrowserProcess> of(ProcessHandle handle, List<String> arguments) {
        if (arguments.stream().anyMatch(argument -> argument.startsWith("--type="))) {
            return Optional.empty();
        }
        return value(arguments, LEASE)
                .map(lease -> new BrowserProcess(
                        handle, lease, value(arguments, DIRECTORY).orElse("")));
    }

    private static Optional<String> value(List<String> arguments, String option) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(option))
                .map(argument -> argument.substring(option.length()))
                .findFirst();
    }

    /**
     * Whether this is a browser of its own. A process that was forked a moment ago still shows its parent's command line; if
     * that parent is gone already, it hangs below init and no longer below this JVM.
     *
     * @param candidates everything that looks like a browser
     * @param below all processes below this JVM, looked up before
     */
    boolean isNoFork(Collection<BrowserProcess> candidates, Set<ProcessHandle> below) {
        Optional<ProcessHandle> parent = handle.parent().filter(below::contains);
        return parent.isPresent()
                && candidates.stream()
                        .noneMatch(other -> other.lease.equals(lease) && other.handle.equals(parent.get()));
    }

    /** With blanks between the arguments; empty for a process that is gone, or waits as a zombie to be reaped. */
    static String commandLine(ProcessHandle handle) {
        return String.join(" ", arguments(handle));
    }

    private static List<String> arguments(ProcessHandle handle) {
        Path proc = Path.of("/proc", Long.toString(handle.pid()), "cmdline");
        try {
            // Not ProcessHandle.Info first: it cuts a long command line off.
            String line = new String(Files.readAllBytes(proc), StandardCharsets.UTF_8);
            return line.isEmpty() ? List.of() : List.of(line.split("\0", -1));
        } catch (IOException e) {
            boolean isLinux = Files.isDirectory(Path.of("/proc/self"));
            return isLinux ? List.of() : handle.info().arguments().map(List::of).orElse(List.of());
        }
    }
}
