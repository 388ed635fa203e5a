package dev.browserpool.examples.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The main process of a browser that was started under a lease of the pool.
 *
 * @param handle the process
 * @param lease the value of its {@code --pool-lease} switch
 * @param userDataDirectory where it keeps its state
 */
record BrowserProcess(ProcessHandle handle, String lease, String userDataDirectory) {
    private static final Pattern LEASE = option("pool-lease");
    private static final Pattern DIRECTORY = option("user-data-dir");

    /** Empty if the process is something else: a renderer or other part of a browser, or no browser of the pool. */
    static Optional<BrowserProcess> of(ProcessHandle handle) {
        return of(handle, commandLine(handle));
    }

    static Optional<BrowserProcess> of(ProcessHandle handle, String commandLine) {
        Matcher lease = LEASE.matcher(commandLine);
        if (commandLine.contains("--type=") || !lease.find()) {
            return Optional.empty();
        }
        Matcher directory = DIRECTORY.matcher(commandLine);
        return Optional.of(new BrowserProcess(handle, lease.group(1), directory.find() ? directory.group(1) : ""));
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
        Path proc = Path.of("/proc", Long.toString(handle.pid()), "cmdline");
        try {
            // Not ProcessHandle.Info first: it cuts a long command line off.
            return new String(Files.readAllBytes(proc), StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            boolean isLinux = Files.isDirectory(Path.of("/proc/self"));
            return isLinux ? "" : handle.info().commandLine().orElse("");
        }
    }

    private static Pattern option(String name) {
        return Pattern.compile("--" + name + "=(.*?)(?= --| ?$)");
    }
}
