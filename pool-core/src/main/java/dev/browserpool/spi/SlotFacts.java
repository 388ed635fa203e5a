package dev.browserpool.spi;

import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import java.time.Duration;
import java.util.Optional;

/**
 * A request as the ledger sees it, as durations.
 *
 * @param ticket its name with the ledger
 * @param request what was asked for
 * @param state where it stands
 * @param requestedAgo when it entered the line
 * @param grant the slot that it holds or held
 * @param ending how it ended
 */
public record SlotFacts(
        Ticket ticket,
        SlotRequest request,
        SlotState state,
        Duration requestedAgo,
        Optional<Held> grant,
        Optional<Ending> ending) {

    /**
     * A slot that is or was held.
     *
     * @param token the fencing token
     * @param grantedAgo when it was granted
     * @param endsIn when the lease expires; negative if that is past
     * @param parentRequestId the request on whose slot it runs
     */
    public record Held(long token, Duration grantedAgo, Duration endsIn, Optional<String> parentRequestId) {}

    /**
     * An end.
     *
     * @param endedAgo when
     * @param reason a sentence for people
     */
    public record Ending(Duration endedAgo, String reason) {}
}
