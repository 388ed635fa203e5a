package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.DuplicateRequestException;
import dev.browserpool.ParentNotRunningException;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.QueueFullException;
import dev.browserpool.SlotTimeoutException;
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
            return new ProfileConflictException(
                    id, conflict.profileId(), conflict.owner().map(views::lock));
        }
        return new ParentNotRunningException(id, ((Refusal.ParentNotRunning) refusal).parentRequestId());
    }

    SlotTimeoutException timeout(Hold hold, Wait where) {
        return new SlotTimeoutException(
                hold.request,
                hold.timeout,
                where.position(),
                where.holders(),
                where.profileOwner().map(views::lock));
    }
}
