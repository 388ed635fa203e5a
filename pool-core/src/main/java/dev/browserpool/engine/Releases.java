package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.LeaseLoss;
import dev.browserpool.PoolEvent;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileRecord;
import dev.browserpool.SlotState;
import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.Ending;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.ProfileEnd;
import dev.browserpool.spi.Release;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Ticket;
import java.lang.ref.Reference;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way out: a lease is given back, taken back, or found forgotten. */
final class Releases {
    private static final Logger log = LoggerFactory.getLogger(Releases.class);
    private static final Outcome UNUSED =
            new Outcome(SlotState.CANCELLED, "it was granted when its caller had given up already");
    private static final Outcome FORGOTTEN = new Outcome(SlotState.LOST, "it was forgotten: never closed");
    private static final ProfileEnd NOT_STOPPED = new ProfileEnd(
            ProfileEnd.Condition.UNCLEAN,
            "it was forgotten, and its browser could not be stopped",
            ProfileLock.Progress.NONE);
    private static final Outcome UNKNOWN = new Outcome(SlotState.CANCELLED, "nobody waits for it");

    private final Core core;

    Releases(Core core) {
        this.core = core;
    }

    /** Makes the lease of a grant that was asked for, or heard of, at a time. Under the request's lock. */
    PooledLease hold(Hold hold, Grant grant, long since, LeaseDoors doors) {
        hold.token = grant.token();
        core.newestToken.accumulateAndGet(grant.token(), Math::max);
        hold.arriveAs(grant.arrival());
        hold.grantedAt = since;
        hold.endAt(EngineTime.plus(since, grant.endsIn()));
        hold.ofProfile = grant.profile();
        hold.profile = grant.profile().map(of -> core.views.lock(of.lock()));
        hold.recoveredFrom =
                grant.profile().flatMap(Grant.OfProfile::recoveredFrom).map(core.views::lock);
        hold.seenAtBeat = core.beats.get();
        PooledLease lease = new PooledLease(hold, doors);
        hold.lease = core.leaks.watch(lease, hold);
        return lease;
    }

    /** Gives a lease back, once. */
    void release(Hold hold, Outcome outcome) {
        if (begins(hold)) {
            core.calls.send(call(hold, outcome));
        }
    }

    /** The same for a caller that will wait until it is gone. */
    void releaseAndWait(Hold hold, Outcome outcome) {
        if (begins(hold)) {
            core.calls.sendAndWait(call(hold, outcome));
        }
    }

    private boolean begins(Hold hold) {
        hold.lock.lock();
        try {
            if (hold.stage != Stage.HELD) {
                return false;
            }
            core.table.move(hold, Stage.RELEASING);
            return true;
        } finally {
            hold.lock.unlock();
        }
    }

    private StoreCalls.Call<Release> call(Hold hold, Outcome outcome) {
        Outcome whole = hold.profile.isEmpty() ? outcome : outcome.with(hold.profileEnd);
        return new StoreCalls.Call<Release>(core.calls, core.time.now(), core.untilTheStoreForgets) {
            @Override
            Reply<Release> call(long sentAt) {
                return core.ledgerAsOf(sentAt).release(hold.ticket, hold.token, whole);
            }

            @Override
            void answered(Release release, long sentAt) {
                gone(hold, ending(hold, release, whole), sentAt);
                if (release instanceof Release.Ended) {
                    tellOfQuarantine(hold, whole.profile());
                }
            }

            @Override
            void gaveUp(BrowserPoolException away) {
                log.warn(
                        "pool {}: the release of request {} could not be told to the store, which takes it back by itself",
                        core.config.name(),
                        hold.id(),
                        away);
                gone(hold, null, core.time.now());
            }
        };
    }

    private void tellOfQuarantine(Hold hold, ProfileEnd end) {
        if (end.condition() == ProfileEnd.Condition.QUARANTINE) {
            core.events.publish(() -> new PoolEvent.ProfileChanged(ProfileRecord.of(
                    hold.profile.orElseThrow().profileId(),
                    ProfileRecord.Kind.QUARANTINED,
                    core.time.wall(),
                    hold.id(),
                    end.note())));
        }
    }

    /** Nobody wants it any more. Not on this thread: the next one may not want it either, and so on. */
    void giveBack(Hold hold, PooledLease lease) {
        core.dispatcher.aboutLease(() -> {
            try {
                release(hold, UNUSED);
            } finally {
                Reference.reachabilityFence(lease); // or it could pass for forgotten before it is given back
            }
        });
    }

    /** A lease that is not held any more was given back before, by a call whose answer was lost, or taken back. */
    private static Ending ending(Hold hold, Release release, Outcome outcome) {
        LeaseLoss loss = hold.loss;
        if (release instanceof Release.Ended ended) {
            return ended.how();
        }
        return loss == null
                ? new Ending(outcome.state(), outcome.reason())
                : new Ending(loss.reason().state(), loss.message());
    }

    void gone(Hold hold, @Nullable Ending how, long now) {
        hold.lock.lock();
        try {
            if (hold.stage != Stage.GONE) {
                end(hold, how, now);
            }
        } finally {
            hold.lock.unlock();
        }
    }

    private void end(Hold hold, @Nullable Ending how, long now) {
        hold.endedAt = now;
        if (how != null) {
            hold.ending = how;
            if (core.events.isHeard()) {
                core.events.publish(() -> new PoolEvent.Ended(core.views.ended(hold, how, now)));
            }
        }
        core.table.move(hold, Stage.GONE);
    }

    /** A lease is being taken back: its holder hears of it, on a dispatcher. */
    void lost(Hold hold, LeaseLoss loss) {
        boolean held;
        hold.lock.lock();
        try {
            if (hold.stage == Stage.GONE || hold.loss != null) {
                return;
            }
            if (hold.stage != Stage.HELD && hold.stage != Stage.RELEASING) {
                hold.early = loss;
                return;
            }
            if (loss.token() != hold.token) {
                return;
            }
            hold.loss = loss;
            held = hold.stage == Stage.HELD;
            core.events.publish(() -> new PoolEvent.Stopping(hold.request, loss));
        } finally {
            hold.lock.unlock();
        }
        if (held) {
            tellHolder(hold, loss);
        }
    }

    /** Signals may overtake each other: a loss may have arrived before its grant. */
    void lostBeforeItWasSeen(Hold hold) {
        LeaseLoss early = hold.early;
        if (early != null) {
            lost(hold, early);
        }
    }

    /** The ledger has ended a lease by itself. */
    void ended(Hold hold, Ending how) {
        LeaseLoss loss;
        hold.lock.lock();
        try {
            if (hold.stage != Stage.HELD && hold.stage != Stage.RELEASING) {
                return;
            }
            loss = hold.loss == null ? lossOf(hold.id(), hold.token, how) : null;
            if (loss != null) {
                hold.loss = loss;
            }
            end(hold, how, core.time.now());
        } finally {
            hold.lock.unlock();
        }
        if (loss != null) {
            tellHolder(hold, loss);
        }
    }

    static LeaseLoss lossOf(String requestId, long token, Ending how) {
        LeaseLoss.Reason reason = switch (how.state()) {
            case EXPIRED -> LeaseLoss.Reason.EXPIRED;
            case LOST, ABANDONED -> LeaseLoss.Reason.LOST;
            default -> LeaseLoss.Reason.REVOKED;
        };
        return new LeaseLoss(requestId, token, reason, how.reason());
    }

    private void tellHolder(Hold hold, LeaseLoss loss) {
        LeakDetector.LeaseReference reference = hold.lease;
        PooledLease lease = reference == null ? null : reference.get();
        if (lease != null) {
            lease.lost(loss);
        }
    }

    /** Stops the browser of a forgotten lease, if it has one, and gives the lease back. */
    void reclaim(Hold hold) {
        core.events.publish(() -> new PoolEvent.Leaked(hold.request, hold.token));
        core.dispatcher.aboutLease(() -> {
            Supplier<ProfileEnd> stopBrowser = hold.onForgotten;
            if (stopBrowser != null) {
                ProfileEnd stopped = stop(hold, stopBrowser);
                hold.lock.lock();
                try {
                    hold.profileEnd = hold.profileEnd.and(stopped);
                } finally {
                    hold.lock.unlock();
                }
            }
            release(hold, FORGOTTEN);
        });
    }

    private ProfileEnd stop(Hold hold, Supplier<ProfileEnd> stopBrowser) {
        try {
            return Objects.requireNonNull(stopBrowser.get(), "how the profile ends");
        } catch (RuntimeException | Error e) {
            log.warn("pool {}: the browser of request {} could not be stopped", core.config.name(), hold.id(), e);
            return NOT_STOPPED;
        }
    }

    /** The ledger holds a lease for this member of which the engine knows nothing. */
    void releaseUnknown(Ticket ticket, Grant grant) {
        core.calls.send(
                () -> core.ledger().release(ticket, grant.token(), UNKNOWN),
                core.time.now(),
                core.untilTheStoreForgets,
                (release, sentAt) -> log.debug("{} was held by nobody: {}", ticket, release),
                away -> log.debug("{} is held by nobody", ticket, away));
    }

    /** Takes a lease back without asking anybody: this member can no longer know that it is its own. */
    void lose(Hold hold, LeaseLoss.Reason reason, String message) {
        if (hold.stage == Stage.HELD) {
            lost(hold, new LeaseLoss(hold.id(), hold.token, reason, message));
        }
    }

    /** The pool is gone, and with it whatever was still open. */
    void abandon(Hold hold) {
        gone(hold, null, core.time.now());
    }
}
