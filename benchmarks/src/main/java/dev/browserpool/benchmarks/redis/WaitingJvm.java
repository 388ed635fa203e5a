package dev.browserpool.benchmarks.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The other JVM of a hand-over: its threads wait for what the first one has. Told by lines of its standard input: {@code open
 * CONTENDER URL ID WAITERS}, {@code floor URL CHANNEL}, {@code wait}, {@code close}. It answers {@code ready} when all of them wait, then the
 * {@link System#nanoTime()} at which the first one got it, when all have had it. On Linux all processes share that clock.
 */
final class WaitingJvm {
    private static final long LOOK_AGAIN_NANOS = 200_000;
    /** Calm for so many looks in a row: nobody is still on the way to the server. */
    private static final int CALM = 25;

    private final PrintStream out;
    private @Nullable Waiters waiters;

    private WaitingJvm(PrintStream out) {
        this.out = out;
    }

    /** Obeys until its standard input ends. */
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        new WaitingJvm(out).obey(new BufferedReader(new InputStreamReader(System.in, UTF_8)));
    }

    private void obey(BufferedReader in) throws IOException, InterruptedException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "open" -> {
                    waiters = new LimitWaiters(
                            Contender.valueOf(words[1]).open(words[2], words[3], 1), Integer.parseInt(words[4]));
                    say("opened");
                }
                case "floor" -> {
                    waiters = new FloorEar(words[1], words[2]);
                    say("opened");
                }
                case "wait" -> {
                    opened().beginToWait();
                    say("ready");
                    say(Long.toString(opened().firstGrant()));
                }
                default -> {
                    opened().close();
                    say("closed");
                }
            }
        }
    }

    private Waiters opened() {
        Waiters those = waiters;
        if (those == null) {
            throw new IllegalStateException("nothing is open");
        }
        return those;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Whoever waits for something that the other JVM does. */
    interface Waiters extends AutoCloseable {
        /** Returns when all wait. */
        void beginToWait();

        /** Waits; when the first one got it. */
        long firstGrant() throws InterruptedException;

        @Override
        void close();
    }

    private static final class LimitWaiters implements Waiters {
        private final SharedLimit limit;
        private final int count;
        private final ExecutorService threads;
        private final List<Thread> all = new ArrayList<>();
        private final AtomicInteger begun = new AtomicInteger();
        private final List<Future<Long>> grants = new ArrayList<>();

        LimitWaiters(SharedLimit limit, int count) {
            this.limit = limit;
            this.count = count;
            this.threads = Executors.newFixedThreadPool(count, work -> {
                Thread thread = Daemons.named("waiter").newThread(work);
                all.add(thread);
                return thread;
            });
        }

        @Override
        public void beginToWait() {
            grants.clear();
            begun.set(0);
            for (int i = 0; i < count; i++) {
                grants.add(threads.submit(this::oneGrant));
            }
            int calm = 0;
            while (calm < CALM) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                calm = begun.get() == count && all.stream().allMatch(LimitWaiters::waits) ? calm + 1 : 0;
            }
        }

        private static boolean waits(Thread thread) {
            Thread.State state = thread.getState();
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        }

        private long oneGrant() throws InterruptedException {
            begun.incrementAndGet();
            SharedLimit.Permit permit = limit.acquire();
            long at = System.nanoTime();
            permit.release();
            return at;
        }

        @Override
        public long firstGrant() throws InterruptedException {
            long first = Long.MAX_VALUE;
            for (Future<Long> grant : grants) {
                try {
                    first = Math.min(first, grant.get());
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a waiter failed", e.getCause());
                }
            }
            return first;
        }

        @Override
        public void close() {
            threads.shutdownNow();
            limit.close();
        }
    }
}
