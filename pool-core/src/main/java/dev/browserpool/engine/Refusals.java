package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.DuplicateRequestException;
import dev.browserpool.LoadTestInProgressException;
import dev.browserpool.ParentNotRunningException;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.ProfileQuarantinedException;
import dev.browserpool.ProxyMismatchException;
import dev.browserpool.QueueFullException;
import dev.browserpool.SlotTimeoutException;
import dev.browserpool.spi.Busy;
import dev.browserpool.spi.Refusal;
import dev.browserpool.spi.Wait;

/** A ledger's refusal as the exception that its caller gets. */
final class Refusals {
    private final Views views;

    Refusals(Views views) {
        this.views = views;
    }

    BrowserPoolException exception(Hold hold, Refusal refusal) {
        String id = hold.id();
        if (refusal instanceof Refusal.WouldWait would) {
            return timeout(hold, would.where());
        }
        if (refusal instanceof Refusal.LineFull full) {
            return new QueueFullException(id, full.waiting(), full.maximum(), full.profileId());
        }
        if (refusal instanceof Refusal.DuplicateId duplicate) {
            return new DuplicateRequestException(id, duplicate.state());
        }
        if (refusal instanceof Refusal.Conflict conflict) {
            return conflict("request " + id, conflict.busy());
        }
        if (refusal instanceof Refusal.LoadTest test) {
            return new LoadTestInProgressException("request " + id, views.loadTest(test.test()));
        }
        if (refusal instanceof Refusal.Quarantined quarantined) {
            return new ProfileQuarantinedException(id, views.block(quarantined.quarantine()));
        }
        if (refusal instanceof Refusal.OtherProxy proxy) {
            return new ProxyMismatchException(id, proxy.profileId(), proxy.asked(), proxy.required());
        }
        return new ParentNotRunningException(id, ((Refusal.ParentNotRunning) refusal).parentRequestId());
    }

    SlotTimeoutException timeout(Hold hold, Wait where) {
        return new SlotTimeoutException(
                hold.request,
                hold.timeout,
                where.position(),
                where.holders(),
                where.profile().flatMap(Busy::owner).map(views::lock),
                where.profile().flatMap(Busy::block).map(views::block),
                new SlotTimeoutException.Outlook(
                        views.wait(hold.request, where.position(), where.pace()),
                        where.loadTest().map(views::loadTest)));
    }

    /** What a person hears who wants to keep what he does not have. */
    ProfileConflictException notCheckedOut(String who, Busy busy) {
        return ProfileConflictException.notCheckedOut(
                who,
                busy.profileId(),
                busy.owner().map(views::lock),
                busy.block().map(views::block));
    }

    /** What a person hears who wants what somebody has. */
    ProfileConflictException busy(String who, Busy busy) {
        return ProfileConflictException.busy(
                who,
                busy.profileId(),
                busy.owner().map(views::lock),
                busy.block().map(views::block));
    }

    /** What somebody hears who does not wait for a profile. */
    ProfileConflictException conflict(String who, Busy busy) {
        return new ProfileConflictException(
                who,
                busy.profileId(),
                busy.owner().map(views::lock),
                busy.block().map(views::block));
    }
}
