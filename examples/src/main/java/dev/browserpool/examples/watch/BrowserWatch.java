package dev.browserpool.examples.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Counts the browsers below this JVM, many times a second, from its start until it is closed. A browser that was below it counts for
 * as long as it runs, also when the JVM or the driver that started it is dead.
 */
public final class BrowserWatch implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 50;

    private final Set<ProcessHandle> notOurs = Set.copyOf(descendants());
    private final Set<ProcessHandle> everBelow = ConcurrentHashMap.newKeySet();
    private final Map<ProcessHandle, Sighting> seen = new ConcurrentHashMap<>();
    private final Set<String> shared = ConcurrentHashMap.newKeySet();
    private final AtomicInteger samples = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final ScheduledExecutorService clock;

    private record Sighting(BrowserProcess browser, Instant first, Instant last) {}

    private BrowserWatch() {
        this.clock = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "browser-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts counting. Processes that exist already don't count. */
    public static BrowserWatch start() {
        BrowserWatch watch = new BrowserWatch();
        var unused = watch.clock.scheduleWithFixedDelay(watch::sample, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** How often it has counted. */
    public int samples() {
        return samples.get();
    }

    /** The most browsers that it saw at once. */
    public int most() {
        return most.get();
    }

    /** How many different browsers it saw. */
    public int browsers() {
        return seen.size();
    }

    /** The directories that it saw in the hands of two browsers at once. */
    public Set<String> directoriesInTwoHands() {
        return Set.copyOf(shared);
    }

    /**
     * When the last browser on a directory that was started before a moment was seen for the last time; empty if there was none. A
     * browser that runs was seen a moment ago.
     *
     * @param directory without symbolic links
     */
    public Optional<Instant> lastSeen(Path directory, Instant startedBefore) {
        return seen.values().stream()
                .filter(it -> it.browser().userDataDirectory().equals(directory.toString()))
                .filter(it -> it.first().isBefore(startedBefore))
                .max(Comparator.comparing(Sighting::first))
                .map(Sighting::last);
    }

    /**
     * Waits for the processes that were started since its own start to end.
     *
     * @return the command lines of those that still run after this time
     */
    public List<String> stillRunning(Duration patience) throws InterruptedException {
        Set<ProcessHandle> ours = new HashSet<>(everBelow);
        ours.addAll(descendants());
        ours.addAll(orphans());
        ours.removeAll(notOurs);
        CompletableFuture<?>[] exits = ours.stream()
                .filter(BrowserWatch::runs)
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(exits).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The list below says which.
        }
        return ours.stream()
                .filter(BrowserWatch::runs)
                .map(BrowserProcess::commandLine)
                .toList();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void sample() {
        Set<ProcessHandle> below = new HashSet<>(descendants());
        below.removeAll(notOurs);
        everBelow.addAll(below);
        List<BrowserProcess> candidates =
                below.stream().map(BrowserProcess::of).flatMap(Optional::stream).toList();
        Instant now = Instant.now();
        candidates.stream()
                .filter(candidate -> candidate.isNoFork(candidates, below))
                .forEach(browser -> seen.putIfAbsent(browser.handle(), new Sighting(browser, now, now)));
        List<BrowserProcess> browsers = seen.values().stream()
                .map(Sighting::browser)
                .filter(browser -> runs(browser.handle()))
                .toList();
        Set<String> directories = new HashSet<>();
        for (BrowserProcess browser : browsers) {
            seen.computeIfPresent(browser.handle(), (process, it) -> new Sighting(browser, it.first(), now));
            if (!directories.add(browser.userDataDirectory())) {
                shared.add(browser.userDataDirectory());
            }
        }
        most.accumulateAndGet(browsers.size(), Math::max);
        samples.incrementAndGet();
    }

    /** Browsers of leases that it saw, wherever they hang since their driver is gone. */
    private List<ProcessHandle> orphans() {
        Set<String> leases =
                seen.values().stream().map(it -> it.browser().lease()).collect(Collectors.toSet());
        return ProcessHandle.allProcesses()
                .map(BrowserProcess::of)
                .flatMap(Optional::stream)
                .filter(browser -> leases.contains(browser.lease()))
                .map(BrowserProcess::handle)
                .toList();
    }

    private static boolean runs(ProcessHandle handle) {
        return handle.isAlive() && !BrowserProcess.commandLine(handle).isEmpty();
    }

    private static List<ProcessHandle> descendants() {
        return ProcessHandle.current().descendants().toList();
    }
}
