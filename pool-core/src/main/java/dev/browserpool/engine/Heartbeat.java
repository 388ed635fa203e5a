package dev.browserpool.engine;

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
import dev.browserpool.spi.Which;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private static final Outcome NOBODY = new Outcome(SlotState.CANCELLED, "nobody waits for it");

    private static final String OUT_OF_REACH = "the store could not be reached for too long";

    private final Core core;
    private final Grants grants;
    private final Withdrawals withdrawals;
    private final Releases releases;
    private final Door door;
    private final Outage outage;
    /** By the store's word: members may have been given another time to live since. */
    private volatile long interval;

    /** Lost by this member's own clock, which the store has not heard yet. */
    private final Queue<Hold> untold = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean beating = new AtomicBoolean();
    private final AtomicBoolean missed = new AtomicBoolean();
    private final Membership membership;

    /** When the ledger has something to do by itself. */
    private final AtomicLong ledgerDue = new AtomicLong(Long.MAX_VALUE);

    private volatile long lastBeat;

    Heartbeat(
            Core core, Submissions submissions, Grants grants, Withdrawals withdrawals, Releases releases, Door door) {
        this.core = core;
        this.grants = grants;
        this.withdrawals = withdrawals;
        this.releases = releases;
        this.door = door;
        this.outage = new Outage(core.config.name());
        this.interval = core.backend.memberTtl().toNanos() / 3;
        this.membership = new Membership(core, submissions, releases, this::joined);
    }

    /** The first sign of life. Throws if the store is away: then there is no pool. */
    void start() {
        core.listen(door::accept, this::missedSomething);
        membership.join();
    }

    private void joined(long sentAt, long skew, Duration validFor) {
        trust(sentAt, skew, validFor);
        lastBeat = sentAt;
        core.deadlines.wakeAt(nextBeat());
    }

    /** Signals were lost, or the store may have forgotten this member: whatever it is, a sign of life finds out, and at once. */
    private void missedSomething() {
        missed.set(true);
        core.deadlines.wakeAt(core.time.now());
    }

    /** The ledger does not know this member, in this epoch. */
    boolean isUnknown(String epoch, long askedAt) {
        return membership.isUnknown(epoch, askedAt);
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
        boolean due = now >= ledgerDue.get() || now >= nextBeat() || missed.get() || core.trust.isShaken();
        if (due && !membership.isJoining()) { // else nothing could be said of what has not come back yet
            beat(now);
        }
        boolean busy = beating.get() || membership.isJoining();
        long next = busy ? Long.MAX_VALUE : Math.min(nextBeat(), ledgerDue.get());
        long lost = core.trust.until();
        boolean mayLose = core.table.leases() > 0 || core.loadTests.isHolding();
        return mayLose && now < lost ? Math.min(next, lost) : next;
    }

    private void beat(long now) {
        if (!beating.compareAndSet(false, true)) {
            return;
        }
        long number = core.beats.incrementAndGet();
        if (membership.isJoining()) { // it has begun in between, and must not be judged by this one
            beating.set(false);
            return;
        }
        Identity identity = core.identity();
        long skew = core.time.skew();
        ledgerDue.set(Long.MAX_VALUE);
        missed.set(false);
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
        if (beat instanceof Beat.Rejoin unknown) {
            if (!isUnknown(unknown.epoch(), sentAt)) {
                wake();
            }
            return;
        }
        confirmed(sentAt, skew, beat);
        tellOfLosses();
        lastBeat = sentAt;
        wake();
        if (beat instanceof Beat.Mismatch) {
            core.calls.look(() -> core.ledger().read(new Query.Mine()), mine -> compare(number, mine));
        }
    }

    /** While a sign of life was under way, nobody looked at the time. */
    private void wake() {
        core.deadlines.wakeAt(missed.get() ? core.time.now() : Math.min(nextBeat(), ledgerDue.get()));
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
        trust(sentAt, skew, validFor);
    }

    private void trust(long sentAt, long skew, Duration validFor) {
        interval = validFor.toNanos() / 3;
        core.trust.renew(sentAt, skew, validFor);
    }

    /** Only what was seen before the heartbeat was sent can be judged by it. */
    private void compare(long number, Holdings mine) {
        if (!mine.known()) {
            return; // the next sign of life will hear so
        }
        for (Hold hold : core.table.all()) {
            compare(hold, number, mine);
        }
        mine.leases().forEach((ticket, grant) -> {
            if (core.table.get(ticket) == null) {
                releases.releaseUnknown(ticket, grant);
            }
        });
        mine.waiters().stream().filter(ticket -> core.table.get(ticket) == null).forEach(this::withdrawUnknown);
    }

    /** By what it was when it was looked at: a grant may come in between, and is not to be judged. */
    private void compare(Hold hold, long number, Holdings mine) {
        Stage stage;
        long token;
        Grant grant;
        hold.lock.lock();
        try {
            if (hold.seenAtBeat >= number) {
                return;
            }
            stage = hold.stage;
            token = hold.token;
            grant = mine.leases().get(hold.ticket);
        } finally {
            hold.lock.unlock();
        }
        if (stage == Stage.WAITING && grant != null) {
            grants.granted(hold, grant, core.time.now(), false);
        } else if (stage == Stage.WAITING && !mine.waiters().contains(hold.ticket)) {
            withdrawals.vanished(hold);
        } else if (stage == Stage.HELD && (grant == null || grant.token() > token)) {
            releases.lost(
                    hold,
                    new LeaseLoss(hold.id(), token, LeaseLoss.Reason.LOST, "the store does not know it any more"));
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
        core.loadTests.loseAll();
        for (Hold hold : core.table.all()) {
            if (hold.stage == Stage.HELD && hold.loss == null) {
                releases.lose(hold, LeaseLoss.Reason.LOST, OUT_OF_REACH);
                untold.add(hold);
            }
        }
    }

    /** The store still believes that they run, and would until their time is over: from now on it counts their grace. */
    private void tellOfLosses() {
        List<Hold> lost = new ArrayList<>();
        for (Hold hold = untold.poll(); hold != null; hold = untold.poll()) {
            lost.add(hold);
        }
        for (Hold hold : lost) {
            if (hold.stage == Stage.HELD) {
                Which which = new Which.Held(hold.ticket, hold.token);
                Ticket ticket = hold.ticket;
                core.calls.send(
                        () -> core.ledger().stop(which, LeaseLoss.Reason.LOST, OUT_OF_REACH),
                        core.time.now(),
                        core.untilTheStoreForgets,
                        (stopped, sentAt) -> log.debug("{} is lost, the store knows", ticket),
                        away -> {
                            log.debug("{} is lost, the store does not know", ticket, away);
                            untold.add(hold); // until the next sign of life
                        });
            }
        }
    }
}
