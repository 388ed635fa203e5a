package dev.browserpool.redis.processes;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserPoolException;
import dev.browserpool.OperationType;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.redis.processes.Event.Kind;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A thread of a worker: asks for a lease, some of them with a profile, holds it for a while, gives it back, and so on. */
final class Asker implements Runnable {
    private static final long LOOK_EVERY = Duration.ofMillis(5).toNanos();
    private static final int ONE_IN = 8;
    private static final long PAUSE_AFTER_FAILURE = Duration.ofMillis(50).toNanos();

    private final WorkerSettings settings;
    private final BrowserPool pool;
    private final EventLog log;
    private final BooleanSupplier finishing;
    private final Random random;
    private final String prefix;

    Asker(WorkerSettings settings, int number, BrowserPool pool, EventLog log, BooleanSupplier finishing) {
        this.settings = settings;
        this.pool = pool;
        this.log = log;
        this.finishing = finishing;
        this.random = new Random(settings.seed() * 31 + number);
        this.prefix = settings.name() + "-" + number + "-";
    }

    @Override
    public void run() {
        try {
            for (int i = 0; !finishing.getAsBoolean(); i++) {
                once(prefix + i);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void once(String id) throws InterruptedException {
        String profile = random.nextInt(5) < 2 ? "profile-" + random.nextInt(settings.profiles()) : "";
        SlotRequest.Builder request = SlotRequest.builder(id, OperationType.TEST_RUN);
        if (!profile.isEmpty()) {
            request.profile(ProfileClaim.exclusive(profile));
        }
        log.write(Kind.ASKED, id, 0, profile);
        SlotLease lease;
        try {
            lease = pool.acquire(request.build());
        } catch (BrowserPoolException refused) {
            log.write(Kind.FAILED, id, 0, refused.toString());
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
            return;
        }
        try {
            log.write(Kind.GRANTED, id, lease.token(), "");
            lease.onLost(loss -> log.write(Kind.LOST, id, 0, loss.reason() + " " + loss.message()));
            hold(lease);
            log.write(Kind.RETURNING, id, 0, "");
        } finally {
            lease.close();
        }
        log.write(Kind.RETURNED, id, 0, "");
    }

    /** Mostly for short; some are still held when the fault of the trial is over. */
    private void hold(SlotLease lease) {
        long longest = Duration.ofMillis(settings.longestHold()).toNanos();
        long time = (long) (random.nextDouble() * (random.nextInt(ONE_IN) == 0 ? longest : longest / 10));
        long lastValid = System.nanoTime();
        long end = lastValid + time;
        for (long now = lastValid; now < end; now = System.nanoTime()) {
            if (!lease.isValid()) {
                log.write(Kind.INVALID, lease.requestId(), lastValid, "");
                return;
            }
            lastValid = now;
            LockSupport.parkNanos(Math.min(LOOK_EVERY, end - now));
        }
    }
}
