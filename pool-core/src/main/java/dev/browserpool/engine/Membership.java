package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.LeaseLoss;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Joined;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this member is known to the store. A member that was given up becomes another one: what it held is lost, what it waited for is
 * sent again. If it is the store that has forgotten, the member comes back as what it is, with all that it has.
 */
final class Membership {
    private static final Logger log = LoggerFactory.getLogger(Membership.class);
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final Core core;
    private final Submissions submissions;
    private final Releases releases;
    private final Welcome welcome;
    private final Outage outage;
    private final AtomicBoolean joining = new AtomicBoolean();

    /** The life of the store in which this member joined. */
    private volatile String epoch = "";

    /** When it heard so. */
    private volatile long knownAt = Long.MIN_VALUE;

    /** Told whenever the store has made this member known. */
    interface Welcome {
        void joined(long sentAt, long skew, Duration validFor);
    }

    Membership(Core core, Submissions submissions, Releases releases, Welcome welcome) {
        this.core = core;
        this.submissions = submissions;
        this.releases = releases;
        this.welcome = welcome;
        this.outage = new Outage(core.config.name());
    }

    /** For the first time. Throws if the store is away: then there is no pool. */
    void join() {
        long skew = core.time.skew();
        long sentAt = core.time.now();
        Joined joined = core.calls.order(() -> core.ledger().join(core.identity()));
        epoch = joined.epoch();
        welcome.joined(sentAt, skew, joined.validFor());
    }

    boolean isJoining() {
        return joining.get();
    }

    /**
     * The store did not know this member in its present epoch when it was asked.
     *
     * @return false if it was asked before it knew this member again, so that nothing follows
     */
    boolean isUnknown(String present, long askedAt) {
        if (askedAt < knownAt) {
            return false;
        }
        if (!core.left && joining.compareAndSet(false, true)) {
            if (askedAt < knownAt) { // it has come to be known in between
                joining.set(false);
                return false;
            }
            try {
                renew(present);
            } catch (RuntimeException | Error e) {
                // No thread to listen with, say. If it was not tried again, nobody could ever be served.
                notJoined(new StoreUnavailableException("this member can't be made known again: " + e, e));
            }
        }
        return true;
    }

    private void renew(String present) {
        if (present.equals(epoch)) {
            becomeAnother();
        } else {
            comeBack();
        }
    }

    private void becomeAnother() {
        log.warn("pool {}: the store has given this member up; it joins anew", core.config.name());
        Identity identity = core.renew();
        long skew = core.time.skew();
        core.calls.send(
                () -> core.ledger().join(identity),
                core.time.now(),
                FOR_EVER,
                (joined, sentAt) -> joinedAnew(joined, sentAt, skew),
                this::notJoined);
    }

    private void joinedAnew(Joined joined, long sentAt, long skew) {
        isKnown(joined, sentAt, skew);
        if (core.left) {
            return;
        }
        core.loadTests.loseThoseOfOthers();
        for (Hold hold : core.table.all()) {
            if (!core.isMine(hold.ticket)) {
                releases.lose(hold, LeaseLoss.Reason.LOST, "the store has given its member up");
            }
            submissions.resubmit(hold);
        }
    }

    private void comeBack() {
        Comeback comeback = new Comeback(core);
        log.warn(
                "pool {}: the store was restarted or has lost its data; this member comes back with {}",
                core.config.name(),
                comeback);
        comeBack(comeback, 0, "");
    }

    /**
     * A page after the other. If the store is restarted in between, from the beginning.
     *
     * @param since the epoch in which something was said already; empty if nothing was
     */
    private void comeBack(Comeback comeback, int page, String since) {
        Identity identity = core.identity();
        long skew = core.time.skew();
        core.calls.send(
                () -> core.ledger().rejoin(identity, comeback.claims(page)),
                core.time.now(),
                FOR_EVER,
                (joined, sentAt) -> {
                    comeback.refused(joined.refused());
                    if (core.left) {
                        isKnown(joined, sentAt, skew);
                    } else if (!since.isEmpty() && !joined.epoch().equals(since)) {
                        comeBack(new Comeback(core), 0, "");
                    } else if (comeback.isLast(page)) {
                        cameBack(comeback, joined, sentAt, skew);
                    } else {
                        comeBack(comeback, page + 1, joined.epoch());
                    }
                },
                this::notJoined);
    }

    private void cameBack(Comeback comeback, Joined joined, long sentAt, long skew) {
        for (Hold hold : comeback.lost()) {
            releases.lose(hold, LeaseLoss.Reason.LOST, "the store has lost it, and given its place to others");
            submissions.resubmitAnew(hold);
        }
        Comeback rest = comeback.rest();
        if (!rest.isOver()) {
            comeBack(rest, 0, joined.epoch());
            return;
        }
        isKnown(joined, sentAt, skew);
        for (Hold hold : core.table.all()) {
            if (hold.stage == Stage.SENT || hold.stage == Stage.LEAVING) {
                submissions.resubmit(hold);
            }
        }
    }

    private void isKnown(Joined joined, long sentAt, long skew) {
        epoch = joined.epoch();
        knownAt = core.time.now();
        outage.isOver();
        joining.set(false);
        if (core.left) {
            leaveAgain();
        } else {
            welcome.joined(sentAt, skew, joined.validFor());
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
        core.deadlines.wakeAt(core.time.in(core.backend.memberTtl().dividedBy(3)));
        outage.failed("could not join anew", away);
    }
}
