package dev.browserpool.engine;

import dev.browserpool.LeaseLostException;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolEvent.ProfileConflict.Decision;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotState;
import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.BlockFacts;
import dev.browserpool.spi.Busy;
import dev.browserpool.spi.Change;
import dev.browserpool.spi.Changed;
import dev.browserpool.spi.Ending;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.OutsideOwner;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A lease goes back into the line, since somebody else is on its profile. The request gets a record of its own under the same
 * ticket: whatever still refers to the lease that was finds it ended.
 */
final class Parking {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Core core;
    private final Releases releases;
    private final Withdrawals withdrawals;
    private final Patience patience;
    private final NestedAcquire nested;
    private final Consumer<Hold> resubmit;
    private final Runnable inLine;

    /**
     * @param resubmit sends a request again that this member still waits for
     * @param inLine told when a request is on its way back into the line, which may have been emptied for good
     */
    Parking(
            Core core,
            Releases releases,
            Withdrawals withdrawals,
            Patience patience,
            NestedAcquire nested,
            Consumer<Hold> resubmit,
            Runnable inLine) {
        this.core = core;
        this.releases = releases;
        this.withdrawals = withdrawals;
        this.patience = patience;
        this.nested = nested;
        this.resubmit = resubmit;
        this.inLine = inLine;
    }

    PooledLease park(Hold lease, OutsideOwner by, Detector detectedBy, Duration lookAgainIn)
            throws InterruptedException {
        if (lookAgainIn.isNegative() || lookAgainIn.isZero() || lookAgainIn.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "lookAgainIn is " + lookAgainIn + ", it must be more than zero and at most " + LONGEST);
        }
        String profileId = lease.profile
                .orElseThrow(() -> new IllegalArgumentException(
                        "request " + lease.id() + " claims no profile, so nobody else can have it"))
                .profileId();
        Busy busy = busy(profileId, by, lookAgainIn);
        boolean stays = lease.mayWait && waitsForProfiles(lease);
        BlockedCaller caller = new BlockedCaller();
        Hold waiting;
        lease.lock.lock();
        try {
            if (lease.stage != Stage.HELD || lease.loss != null) {
                throw new LeaseLostException(lease.id(), Optional.ofNullable(lease.loss));
            }
            waiting = lease.parked(caller);
            core.conflicts.met(stays ? waiting : lease, busy, stays ? Decision.PARK : Decision.REFUSE, detectedBy);
            if (!stays) {
                core.table.move(lease, Stage.RELEASING);
            } else {
                putInLine(lease, waiting);
            }
        } finally {
            lease.lock.unlock();
        }
        Change.Park park = new Change.Park(by, lookAgainIn, stays);
        if (!stays) {
            refuse(lease, park);
            throw core.refusals.conflict("request " + lease.id(), busy);
        }
        nested.warnIfHolding(lease.request);
        inLine.run();
        send(waiting, park);
        return await(waiting, caller);
    }

    private static boolean waitsForProfiles(Hold lease) {
        return lease.request
                .profile()
                .filter(claim -> claim.onConflict() == ProfileClaim.OnConflict.WAIT)
                .isPresent();
    }

    private static Busy busy(String profileId, OutsideOwner by, Duration lookAgainIn) {
        Optional<Duration> freeIn = Optional.of(lookAgainIn);
        BlockFacts block = new BlockFacts(
                profileId, ProfileStatus.HELD_OUTSIDE, by.describe(), by.command(), Duration.ZERO, freeIn);
        return new Busy(profileId, Optional.empty(), Optional.of(block), freeIn);
    }

    /** Before the store is told: its next grant may be heard of before its answer. */
    private void putInLine(Hold lease, Hold waiting) {
        waiting.lock.lock();
        try {
            core.table.replace(lease, waiting);
            patience.resume(waiting);
        } finally {
            waiting.lock.unlock();
        }
    }

    /**
     * Until the ledger has answered, nothing else is sent about this request: a withdrawal that overtook the park would find a
     * lease. Who gives up meanwhile is withdrawn by the answer.
     */
    private void send(Hold waiting, Change.Park park) {
        Ticket ticket = waiting.ticket;
        long token = waiting.parkedToken;
        core.calls.send(
                () -> core.ledger().change(ticket, token, park),
                core.time.now(),
                core.untilTheStoreForgets,
                (changed, sentAt) -> answered(waiting, changed),
                away -> {
                    waiting.fail(() -> away);
                    withdrawals.leave(waiting, new Outcome(SlotState.CANCELLED, "the store could not be reached"));
                    waiting.parking = false;
                    if (waiting.stage == Stage.LEAVING) {
                        withdrawals.withdraw(waiting);
                    }
                });
    }

    private void answered(Hold waiting, Changed changed) {
        if (!(changed instanceof Changed.Parked parked)) {
            Ending how = ending(changed, SlotState.LOST, "the store does not know it any more");
            withdrawals.end(
                    waiting,
                    how,
                    () -> new LeaseLostException(
                            waiting.id(), Optional.of(Releases.lossOf(waiting.id(), waiting.parkedToken, how))));
            return;
        }
        boolean gaveUp;
        waiting.lock.lock();
        try {
            waiting.parking = false;
            gaveUp = waiting.stage == Stage.LEAVING;
            if (waiting.stage == Stage.SENT) {
                waiting.seenAtBeat = core.beats.get();
                boolean unused = core.table.move(waiting, Stage.WAITING);
                core.events.publish(() -> new PoolEvent.Queued(waiting.request, parked.position()));
            }
        } finally {
            waiting.lock.unlock();
        }
        if (gaveUp) {
            withdrawals.withdraw(waiting);
        } else if (waiting.stage == Stage.WAITING && !core.isMine(waiting.ticket)) {
            resubmit.accept(waiting); // its member was given up in between
        } else {
            core.wakeSoon(core.time.now());
        }
    }

    private PooledLease await(Hold waiting, BlockedCaller caller) throws InterruptedException {
        try {
            PooledLease lease = caller.await();
            nested.got(waiting);
            return lease;
        } catch (InterruptedException e) {
            withdrawals.leave(waiting, new Outcome(SlotState.CANCELLED, "its caller was interrupted"));
            throw e;
        }
    }

    private void refuse(Hold lease, Change.Park park) {
        long now = core.time.now();
        String why = "its profile is held by " + park.by().describe();
        core.calls.send(
                () -> core.ledger().change(lease.ticket, lease.token, park),
                now,
                core.untilTheStoreForgets,
                (changed, sentAt) -> releases.gone(lease, ending(changed, SlotState.FAILED, why), sentAt),
                away -> releases.gone(lease, null, now));
    }

    /** By the ledger's word; or, if it holds nothing any more, since an answer was lost before, by ours. */
    private static Ending ending(Changed changed, SlotState state, String reason) {
        return changed instanceof Changed.Ended ended ? ended.how() : new Ending(state, reason);
    }
}
