package dev.browserpool.examples.dashboard;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserPoolException;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolEvent.ProfileConflict;
import dev.browserpool.PoolListener;
import dev.browserpool.PoolStatus;
import dev.browserpool.examples.dashboard.json.ConflictJson;
import dev.browserpool.examples.dashboard.json.EventJson;
import dev.browserpool.examples.dashboard.json.LoadSample;
import dev.browserpool.examples.dashboard.json.StatusJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the pool once a second while somebody watches, else every five seconds, on one thread; and hears the pool's events. One look
 * serves all viewers, so the store is asked as often for thirty of them as for one.
 */
final class Lookout implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Lookout.class);
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(5);
    private static final int SAMPLES = (int) Duration.ofHours(1).dividedBy(BETWEEN_SAMPLES);

    private final BrowserPool pool;
    private final Feed feed;
    private final Viewers viewers;
    private final PoolProblems problems;
    private final Duration pace;
    private final Conflicts conflicts = new Conflicts();
    private final ReentrantLock samplesLock = new ReentrantLock();
    private final Deque<LoadSample> samples = new ArrayDeque<>();
    private final Thread thread;
    private final PoolListener.Registration hearing;
    private volatile boolean isClosed;
    private Instant lastLook = Instant.EPOCH;

    private Lookout(BrowserPool pool, Feed feed, Viewers viewers, Duration pace) {
        this.pool = pool;
        this.feed = feed;
        this.viewers = viewers;
        this.problems = new PoolProblems(pool);
        this.pace = pace;
        this.thread = new Thread(this::watch, "browser-pool-dashboard-lookout");
        thread.setDaemon(true);
        this.hearing = pool.addListener(this::heard);
    }

    /** Begins to look, with so much time between two looks while somebody watches. */
    static Lookout over(BrowserPool pool, Feed feed, Viewers viewers, Duration pace) {
        Lookout lookout = new Lookout(pool, feed, viewers, pace);
        lookout.thread.start();
        return lookout;
    }

    /** The last hour, oldest first. */
    List<LoadSample> samples() {
        samplesLock.lock();
        try {
            return List.copyOf(samples);
        } finally {
            samplesLock.unlock();
        }
    }

    /** The newest conflicts, newest first. */
    List<ConflictJson> conflicts() {
        return conflicts.newest();
    }

    private void heard(PoolEvent event) {
        Instant now = Instant.now();
        if (event instanceof ProfileConflict conflict) {
            conflicts.add(ConflictJson.of(conflict, now));
        }
        feed.publish(EventJson.name(event), Wire.write(EventJson.body(event, now)));
    }

    private void watch() {
        try {
            while (!isClosed) {
                Instant now = Instant.now();
                boolean isDue = !now.isBefore(lastLook.plus(BETWEEN_SAMPLES));
                if (isDue || viewers.present() > 0) {
                    look(now, isDue);
                }
                viewers.awaitArrival(pace);
            }
        } catch (InterruptedException e) {
            log.debug("the lookout was interrupted, which nobody here does", e);
        }
    }

    private void look(Instant now, boolean isDue) {
        try {
            PoolStatus status = pool.status();
            feed.show("status", Wire.write(StatusJson.of(status, now)));
            if (status.members().size() > 1 && status.load().waitingForProfile() > 0) {
                conflicts.lookFor(status, pool.profiles(), now).forEach(this::tell);
            }
            if (isDue) {
                lastLook = now;
                remember(LoadSample.of(status, now));
            }
        } catch (BrowserPoolException e) {
            feed.show("unavailable", Wire.write(problems.of(e)));
        } catch (RuntimeException e) {
            // Whatever it is, the next look may succeed; without this nobody would see anything any more.
            log.warn("the pool could not be looked at", e);
        }
    }

    private void tell(ConflictJson conflict) {
        feed.publish("profile-conflict", Wire.write(conflict));
    }

    private void remember(LoadSample sample) {
        samplesLock.lock();
        try {
            samples.addLast(sample);
            if (samples.size() > SAMPLES) {
                samples.removeFirst();
            }
        } finally {
            samplesLock.unlock();
        }
    }

    /** Looks no more. What is being looked at just now is not waited for. */
    @Override
    public void close() {
        isClosed = true;
        hearing.close();
        feed.close();
        viewers.close();
    }
}
