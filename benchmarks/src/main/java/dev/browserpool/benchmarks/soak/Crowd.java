package dev.browserpool.benchmarks.soak;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserPoolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Members, threads that work on them, and one that closes and opens them and disturbs their store. */
final class Crowd implements AutoCloseable {
    private static final int MEMBERS = 3;
    private static final int WORKERS = 10;
    private static final int DISTURB_EVERY_MILLIS = 2_000;

    private final Ground ground;
    private final Tally tally;
    private final AtomicReferenceArray<BrowserPool> members = new AtomicReferenceArray<>(MEMBERS);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    Crowd(Ground ground, Tally tally, long seed) {
        this.ground = ground;
        this.tally = tally;
        for (int i = 0; i < MEMBERS; i++) {
            members.set(i, ground.open());
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < WORKERS; i++) {
            SplittableRandom own = random.split();
            begin("worker-" + i, () -> work(own));
        }
        SplittableRandom own = random.split();
        begin("disturber", () -> disturb(own));
    }

    private void begin(String name, Runnable what) {
        Thread thread = new Thread(what, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private BrowserPool any(SplittableRandom random) {
        return members.get(random.nextInt(MEMBERS));
    }

    private void work(SplittableRandom random) {
        while (!over) {
            Deed deed = Deed.any(random);
            String name = deed.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            try {
                deed.on(any(random), random);
                tally.count(name + ": done");
            } catch (BrowserPoolException e) {
                tally.count(name + ": " + e.getClass().getSimpleName());
            } catch (InterruptedException | CancellationException | Deed.OnPurpose e) {
                tally.count(name + ": " + e.getClass().getSimpleName());
            } catch (CompletionException e) {
                tell(name, e.getCause() == null ? e : e.getCause());
            } catch (RuntimeException e) {
                tell(name, e);
            }
            boolean unused = Thread.interrupted();
        }
    }

    private void tell(String name, Throwable why) {
        tally.count(name + ": " + why.getClass().getSimpleName());
        if (!(why instanceof BrowserPoolException || why instanceof CancellationException)) {
            tally.surprise(name + ": " + why);
        }
    }

    private void disturb(SplittableRandom random) {
        while (!over) {
            Soak.rest(DISTURB_EVERY_MILLIS / 2 + random.nextInt(DISTURB_EVERY_MILLIS));
            if (over) {
                return;
            }
            try {
                if (random.nextBoolean()) {
                    int which = random.nextInt(MEMBERS);
                    members.get(which).close();
                    members.set(which, ground.open());
                    tally.count("member closed and opened");
                } else {
                    String what = ground.disturb(random.nextInt(1, 1_000_000));
                    if (!what.isEmpty()) {
                        tally.count(what);
                    }
                }
            } catch (BrowserPoolException e) {
                tally.count("disturber: " + e.getClass().getSimpleName());
            } catch (Exception e) {
                tally.surprise("disturber: " + e);
            }
        }
    }

    /** Stops all, and closes the members. */
    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            join(thread);
        }
        for (int i = 0; i < MEMBERS; i++) {
            members.get(i).close();
        }
    }

    private void join(Thread thread) {
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            tally.surprise(thread.getName() + " does not end: " + String.join(" ← ", frames(thread)));
        }
    }

    private static List<String> frames(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .limit(12)
                .map(StackTraceElement::toString)
                .toList();
    }
}
