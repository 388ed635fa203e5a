package dev.browserpool.engine;

import dev.browserpool.spi.Busy;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Wait;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long each request waits: ends it when its time is over, and says that it still waits, at 30 s and then at doubling times. */
final class Patience {
    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    private static final long FIRST_REPORT = Duration.ofSeconds(30).toNanos();
    /** For how long a request that does not wait for a slot waits for an answer. */
    static final Duration NOW_OR_NEVER = Duration.ofSeconds(5);

    private static final long WINDOW = Duration.ofSeconds(1).toNanos();
    private static final int REPORTS_PER_WINDOW = 10;

    private final Core core;
    private volatile Consumer<Hold> timeIsUp = hold -> {};

    // Of the housekeeper's thread alone.
    private long windowEnds;
    private int reportsInWindow;

    Patience(Core core) {
        this.core = core;
    }

    void endsBy(Consumer<Hold> how) {
        this.timeIsUp = how;
    }

    void begin(Hold hold) {
        hold.waitingSince = core.time.now();
        hold.waitUntil = EngineTime.plus(hold.waitingSince, hold.timeout);
        hold.nextReport = FIRST_REPORT;
    }

    /** A request waits again that has held its slot meanwhile. Under its lock. */
    void resume(Hold hold) {
        while (hold.waitingSince + hold.nextReport <= core.time.now()) {
            hold.nextReport *= 2;
        }
        start(hold);
    }

    /** A request is on its way: whatever becomes of that, its caller is told in time. */
    void watch(Hold hold) {
        hold.lock.lock();
        try {
            if (hold.stage == Hold.Stage.SENT && hold.wake == null) {
                start(hold);
            }
        } finally {
            hold.lock.unlock();
        }
    }

    /** Under the request's lock. */
    void start(Hold hold) {
        end(hold);
        long report = hold.waitingSince + hold.nextReport;
        hold.wake = core.deadlines.schedule(Math.min(endOf(hold), report), () -> wake(hold));
    }

    private static long endOf(Hold hold) {
        return hold.mayWait ? hold.waitUntil : EngineTime.plus(hold.waitingSince, NOW_OR_NEVER);
    }

    /** Under the request's lock. */
    void end(Hold hold) {
        if (hold.wake != null) {
            core.deadlines.cancel(hold.wake);
            hold.wake = null;
        }
    }

    private void wake(Hold hold) {
        long now = core.time.now();
        if (now >= endOf(hold)) {
            timeIsUp.accept(hold);
            return;
        }
        boolean isInLine;
        hold.lock.lock();
        try {
            isInLine = hold.stage == Hold.Stage.WAITING;
            if (!isInLine && hold.stage != Hold.Stage.SENT) {
                return;
            }
            hold.nextReport *= 2;
            start(hold);
        } finally {
            hold.lock.unlock();
        }
        if (isInLine) {
            report(hold, now);
        }
    }

    private void report(Hold hold, long now) {
        if (now >= windowEnds) {
            windowEnds = now + WINDOW;
            reportsInWindow = 0;
        }
        if (++reportsInWindow > REPORTS_PER_WINDOW) {
            if (reportsInWindow == REPORTS_PER_WINDOW + 1) {
                log.info("pool {}: many more requests are still waiting; status() shows them", core.config.name());
            }
            return;
        }
        long seconds = Duration.ofNanos(now - hold.waitingSince).toSeconds();
        core.calls.look(
                () -> core.ledger().read(new Query.Place(hold.ticket)),
                place -> place.ifPresent(where -> log(hold, seconds, where)));
    }

    private void log(Hold hold, long seconds, Wait where) {
        log.info(
                "pool {}: request {} is still waiting after {} s, at position {}{}; slots are held by {}",
                core.config.name(),
                hold.id(),
                seconds,
                where.position(),
                where.profile().map(Patience::describe).orElse(""),
                where.holders());
    }

    private static String describe(Busy busy) {
        return ", profile " + busy.profileId() + " is "
                + busy.block()
                        .map(block -> block.status() + " by " + block.who())
                        .or(() -> busy.owner()
                                .map(lock -> "held by " + lock.owner().describe()))
                        .orElse("awaited by others");
    }
}
