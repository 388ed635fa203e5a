package dev.browserpool.races;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** For {@link VirtualThreadsTest}, in a JVM of its own. Compiled for a Java that has no virtual threads, hence by reflection. */
final class VirtualThreadsProgram {
    private static final int THREADS = 10_000;
    private static final int SLOTS = 4;

    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger timedOut = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private VirtualThreadsProgram() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws Exception {
        VirtualThreadsProgram program = new VirtualThreadsProgram();
        long pinned = program.countPinned();
        System.out.println("served " + program.served + ", timed out " + program.timedOut + ", most at once "
                + program.most + ", pinned " + pinned);
    }

    private long countPinned() throws Exception {
        Path file = Files.createTempFile("pinned", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
            recording.start();
            work();
            recording.stop();
            recording.dump(file);
            return pinnedIn(file);
        } finally {
            Files.delete(file);
        }
    }

    @SuppressWarnings("SystemOut")
    private static long pinnedIn(Path file) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
                .peek(System.out::println)
                .count();
    }

    private void work() throws Exception {
        PoolConfig config =
                PoolConfig.ofSlots(SLOTS).toBuilder().maxQueued(THREADS).build();
        try (BrowserPool pool = InMemoryBrowserPool.create(config)) {
            ExecutorService threads = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            for (int i = 0; i < THREADS; i++) {
                threads.execute(() -> acquireAndYield(pool));
            }
            threads.shutdown();
            if (!threads.awaitTermination(50, TimeUnit.SECONDS)) {
                throw new AssertionError("not all have ended: " + pool.status());
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the carrier is given away on purpose
    private void acquireAndYield(BrowserPool pool) {
        try (SlotLease lease = pool.acquire(Arena.request())) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.yield(); // the only carrier goes to another one, who finds the slots taken
            inside.decrementAndGet();
            if (lease.isValid()) {
                served.incrementAndGet();
            }
        } catch (SlotTimeoutException e) {
            timedOut.incrementAndGet();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
