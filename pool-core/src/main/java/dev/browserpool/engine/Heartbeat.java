package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.LeaseLoss;
import dev.browserpool.SlotState;
import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.Beat;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Holdings;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This member's signs of life. They confirm what it holds, do what is due in the ledger, and make up for signals that were
 * lost. Without them, what it holds is lost by its own clock before the store gives it to another.
 */
final class Heartbeat {
    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);
    private static final Outcome NOBODY = new Outcome(SlotState.CANCELLED, "nobody waits for it");

    private final Core core;
    private final Submissions submissions;
    private final Grants grants;
    private final Withdrawals withdrawals;
    private final Releases releases;
    private final Door door;
    private final Outage outage;
    private final long interval;
    private final AtomicBoolean beating = new AtomicBoolean();
    private final AtomicBoolean joining = new AtomicBoolean();

    /** When the ledger has something to do by itself. */
    private final AtomicLong ledgerDue = new AtomicLong(Long.MAX_VALUE);

    private volatile long lastBeat;

    Heartbeat(
            Core core, Submissions submissions, Grants grants, Withdrawals withdrawals, Releases releases, Door door) {
        this.core = core;
        this.submissions = submissions;
        this.grants = grants;
        this.withdrawals = withdrawals;
        this.releases = releases;
        this.door = door;
        this.outage = new Outage(core.config.name());
        this.interval = core.backend.memberTtl().toNanos() / 3;
    }

    /** The first sign of life. Throws if the store is away: then there is no pool. */
    void start() {
        core.backend.signals().listen(door::accept);
        long skew = core.time.skew();
        long sentAt = core.time.now();
        Beat beat = core.calls.order(() -> core.ledger().join(core.identity()));
        confirmed(sentAt, skew, beat);
        lastBeat = sentAt;
        core.deadlines.wakeAt(nextBeat());
    }

    /** More often while somebody waits: the signal of his grant may be lost. */
    private long nextBeat() {
        return lastBeat + (core.table.waiters() > 0 ? Math.min(interval, poll()) : interval);
    }

    /** Every reply of the ledger says when it has something to do, and whether it has more to do at once. */
    void heard(long since, Reply<?> reply) {
        reply.signals().forEach(door::accept);
        long due = reply.more() ? since : EngineTime.plus(since, reply.nextDue());
        if (due < ledgerDue.get() && due < ledgerDue.getAndAccumulate(due, Math::min)) {
            core.deadlines.wakeAt(due);
        }
    }

    /** Does what is due, and returns when to come again. */
    long run(long now) {
        if (now >= core.trust.until()) {
            loseEverything();
        }
        if (now >= ledgerDue.get() || now >= nextBeat() || core.trust.isShaken()) {
            beat(now);
        }
        long next = beating.get() ? Long.MAX_VALUE : Math.min(nextBeat(), ledgerDue.get());
        long lost = core.trust.until();
        return core.table.leases() > 0 && now < lost ? Math.min(next, lost) : next;
    }

    private void beat(long now) {
        if (!beating.compareAndSet(false, true)) {
            return;
        }
        long number = core.beats.incrementAndGet();
        Identity identity = core.identity();
        long skew = core.time.skew();
        ledgerDue.set(Long.MAX_VALUE);
        lastBeat = now;
        core.calls.send(
                () -> core.ledger().beat(core.table.leases(), core.table.waiters()),
                now,
                Duration.ofNanos(interval),
                (beat, sentAt) -> beaten(number, identity, sentAt, skew, beat),
                away -> {
                    beating.set(false);
                    wake();
                    outage.failed("the store did not answer a sign of life", away);
                });
    }

    private void beaten(long number, Identity identity, long sentAt, long skew, Beat beat) {
        beating.set(false);
        outage.isOver();
        if (!identity.equals(core.identity())) {
            return; // meanwhile this member has become another one
        }
        if (beat instanceof Beat.Rejoin) {
            rejoin();
            return;
        }
        confirmed(sentAt, skew, beat);
        lastBeat = sentAt;
        wake();
        if (beat instanceof Beat.Mismatch) {
            core.calls.look(() -> core.ledger().read(new Query.Mine()), mine -> compare(number, mine));
        }
    }

    /** While a sign of life was under way, nobody looked at the time. */
    private void wake() {
        core.deadlines.wakeAt(Math.min(nextBeat(), ledgerDue.get()));
    }

    private long poll() {
        return core.config.pollInterval().toNanos();
    }

    private void confirmed(long sentAt, long skew, Beat beat) {
        Duration validFor = Duration.ZERO;
        if (beat instanceof Beat.Confirmed confirmed) {
            validFor = confirmed.validFor();
        } else if (beat instanceof Beat.Mismatch mismatch) {
            validFor = mismatch.validFor();
        }
        core.trust.renew(sentAt, skew, validFor);
    }

    /** Only what was seen before the heartbeat was sent can be judged by it. */
    private void compare(long number, Holdings mine) {
        for (Hold hold : List.copyOf(core.table.all())) {
            if (!wasSeenBefore(hold, number)) {
                continue;
            }
            Grant grant = mine.leases().get(hold.ticket);
            if (hold.stage == Stage.WAITING && grant != null) {
                grants.granted(hold, grant, core.time.now(), false);
            } else if (hold.stage == Stage.WAITING && !mine.waiters().contains(hold.ticket)) {
                withdrawals.vanished(hold);
            } else if (hold.stage == Stage.HELD && (grant == null || grant.token() > hold.token)) {
                releases.lose(hold, LeaseLoss.Reason.LOST, "the store does not know it any more");
            }
        }
        mine.leases().forEach((ticket, grant) -> {
            if (core.table.get(ticket) == null) {
                releases.releaseUnknown(ticket, grant);
            }
        });
        mine.waiters().stream().filter(ticket -> core.table.get(ticket) == null).forEach(this::withdrawUnknown);
    }

    private static boolean wasSeenBefore(Hold hold, long number) {
        hold.lock.lock();
        try {
            return hold.seenAtBeat < number;
        } finally {
            hold.lock.unlock();
        }
    }

    private void withdrawUnknown(Ticket ticket) {
        core.calls.send(
                () -> core.ledger().withdraw(ticket, NOBODY),
                core.time.now(),
                core.untilTheStoreForgets,
                (withdrawal, sentAt) -> log.debug("{} was in line for nobody: {}", ticket, withdrawal),
                away -> log.debug("{} is in line for nobody", ticket, away));
    }

    private void loseEverything() {
        for (Hold hold : core.table.all()) {
            releases.lose(hold, LeaseLoss.Reason.LOST, "the store could not be reached for too long");
        }
    }

    /** The store has given this member up. It becomes another one: what it held is lost, what it waited for is sent again. */
    void rejoin() {
        if (core.left || !joining.compareAndSet(false, true)) {
            return;
        }
        log.warn("pool {}: the store has given this member up; it joins anew", core.config.name());
        Identity identity = core.renew(door::accept);
        long skew = core.time.skew();
        core.calls.send(
                () -> core.ledger().join(identity),
                core.time.now(),
                FOR_EVER,
                (beat, sentAt) -> joined(beat, sentAt, skew),
                this::notJoined);
    }

    private void joined(Beat beat, long sentAt, long skew) {
        joining.set(false);
        if (core.left) {
            leaveAgain();
            return;
        }
        confirmed(sentAt, skew, beat);
        lastBeat = sentAt;
        core.deadlines.wakeAt(nextBeat());
        for (Hold hold : List.copyOf(core.table.all())) {
            if (!core.isMine(hold.ticket)) {
                releases.lose(hold, LeaseLoss.Reason.LOST, "the store has given its member up");
            }
            submissions.resubmit(hold);
        }
    }

    /** The pool was closed while it joined anew. */
    private void leaveAgain() {
        core.calls.send(
                () -> core.ledger().leave(),
                core.time.now(),
                core.untilTheStoreForgets,
                (left, sentAt) -> log.debug("pool {}: left again: {}", core.config.name(), left),
                away -> log.debug("pool {}: could not leave again", core.config.name(), away));
    }

    private void notJoined(BrowserPoolException away) {
        joining.set(false);
        outage.failed("could not join anew", away);
    }
}
