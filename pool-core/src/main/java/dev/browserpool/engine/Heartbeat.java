package dev.browserpool.engine;

import dev.browserpool.LeaseLoss;
import dev.browserpool.SlotState;
import dev.browserpool.StoreUnavailableException;
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
    private static final Outcome NOBODY = new Outcome(SlotState.CANCELLED, "nobody waits for it");

    private final Core core;
    private final Submissions submissions;
    private final Releases releases;
    private final Door door;
    private final long interval;
    private final AtomicBoolean beating = new AtomicBoolean();
    private final AtomicBoolean joining = new AtomicBoolean();

    /** When the ledger has something to do by itself. */
    private final AtomicLong ledgerDue = new AtomicLong(Long.MAX_VALUE);

    private volatile long nextBeat;

    Heartbeat(Core core, Submissions submissions, Releases releases, Door door) {
        this.core = core;
        this.submissions = submissions;
        this.releases = releases;
        this.door = door;
        this.interval = core.backend.memberTtl().toNanos() / 3;
    }

    /** The first sign of life. Throws if the store is away: then there is no pool. */
    void start() {
        core.backend.signals().listen(door::accept);
        long sentAt = core.time.now();
        Beat beat = core.calls.order(() -> core.ledger().join(core.identity()));
        confirmed(sentAt, beat);
        nextBeat = sentAt + interval;
        core.deadlines.wakeAt(nextBeat);
    }

    /** Every reply of the ledger says when it has something to do, and whether it has more to do at once. */
    void heard(Reply<?> reply) {
        reply.signals().forEach(door::accept);
        long due = reply.more() ? core.time.now() : EngineTime.plus(core.time.now(), reply.nextDue());
        if (due < ledgerDue.get() && due < ledgerDue.getAndAccumulate(due, Math::min)) {
            core.deadlines.wakeAt(due);
        }
    }

    /** Does what is due, and returns when to come again. */
    long run(long now) {
        if (now > core.validUntil) {
            loseEverything();
        }
        if (now >= ledgerDue.get() || now >= nextBeat) {
            beat(now);
        }
        long next = Math.min(nextBeat, ledgerDue.get());
        return core.table.leases() > 0 ? Math.min(next, core.validUntil) : next;
    }

    private void beat(long now) {
        if (!beating.compareAndSet(false, true)) {
            return;
        }
        long number = core.beats.incrementAndGet();
        ledgerDue.set(Long.MAX_VALUE);
        nextBeat = now + interval;
        core.calls.send(
                () -> core.ledger().beat(core.table.leases(), core.table.waiters()),
                EngineTime.plus(now, Duration.ofNanos(interval)),
                beat -> beaten(number, now, beat),
                away -> {
                    beating.set(false);
                    log.warn("pool {}: the store did not answer a sign of life", core.config.name(), away);
                });
    }

    private void beaten(long number, long sentAt, Beat beat) {
        beating.set(false);
        if (beat instanceof Beat.Rejoin) {
            rejoin();
            return;
        }
        confirmed(sentAt, beat);
        nextBeat = sentAt + (core.table.waiters() > 0 ? Math.min(interval, poll()) : interval);
        core.deadlines.wakeAt(nextBeat);
        if (beat instanceof Beat.Mismatch) {
            core.calls.look(() -> core.ledger().read(new Query.Mine()), mine -> compare(number, mine));
        }
    }

    private long poll() {
        return core.config.pollInterval().toNanos();
    }

    private void confirmed(long sentAt, Beat beat) {
        Duration validFor = Duration.ZERO;
        if (beat instanceof Beat.Confirmed confirmed) {
            validFor = confirmed.validFor();
        } else if (beat instanceof Beat.Mismatch mismatch) {
            validFor = mismatch.validFor();
        }
        Duration margin = validFor.dividedBy(10);
        core.validUntil = EngineTime.plus(sentAt, validFor.minus(margin));
    }

    /** Only what was seen before the heartbeat was sent can be judged by it. */
    private void compare(long number, Holdings mine) {
        for (Hold hold : List.copyOf(core.table.all())) {
            if (hold.seenAtBeat >= number) {
                continue;
            }
            Grant grant = mine.leases().get(hold.ticket);
            if (hold.stage == Stage.WAITING && grant != null) {
                submissions.granted(hold, grant, false);
            } else if (hold.stage == Stage.WAITING && !mine.waiters().contains(hold.ticket)) {
                submissions.vanished(hold);
            } else if (hold.stage == Stage.HELD && grant == null) {
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

    private void withdrawUnknown(Ticket ticket) {
        core.calls.send(
                () -> core.ledger().withdraw(ticket, NOBODY),
                core.whenTheStoreForgets(),
                withdrawal -> log.debug("{} was in line for nobody: {}", ticket, withdrawal),
                away -> log.debug("{} is in line for nobody", ticket, away));
    }

    private void loseEverything() {
        for (Hold hold : core.table.all()) {
            releases.lose(hold, LeaseLoss.Reason.LOST, "the store could not be reached for too long");
        }
    }

    /** The store has given this member up. It becomes another one: what it held is lost, what it waited for is sent again. */
    void rejoin() {
        if (!joining.compareAndSet(false, true)) {
            return;
        }
        log.warn("pool {}: the store has given this member up; it joins anew", core.config.name());
        Identity identity = core.renew(door::accept);
        long sentAt = core.time.now();
        core.calls.send(
                () -> core.ledger().join(identity), Long.MAX_VALUE, beat -> joined(sentAt, beat), this::notJoined);
    }

    private void joined(long sentAt, Beat beat) {
        joining.set(false);
        confirmed(sentAt, beat);
        nextBeat = sentAt + interval;
        core.deadlines.wakeAt(nextBeat);
        for (Hold hold : List.copyOf(core.table.all())) {
            releases.lose(hold, LeaseLoss.Reason.LOST, "the store has given its member up");
            submissions.resubmit(hold);
        }
    }

    private void notJoined(StoreUnavailableException away) {
        joining.set(false);
        log.warn("pool {}: could not join anew", core.config.name(), away);
    }
}
