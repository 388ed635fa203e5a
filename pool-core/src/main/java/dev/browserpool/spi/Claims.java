package dev.browserpool.spi;

import dev.browserpool.LeaseLoss;
import dev.browserpool.ProfileLock;
import dev.browserpool.SlotRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a member had when the store lost its data or went back in time: all leases, then the line, a page after the other.
 *
 * @param leases in the order of their tokens
 * @param line who waits
 * @param last whether nothing follows
 * @param newestToken the greatest token that this member has ever seen, or 0
 * @param loadTest the load test for which it holds the pool; said with every page
 */
public record Claims(
        List<Lease> leases, List<Place> line, boolean last, long newestToken, Optional<LoadTestFacts> loadTest) {
    /** What a member had that holds no load test. */
    public Claims(List<Lease> leases, List<Place> line, boolean last, long newestToken) {
        this(leases, line, last, newestToken, Optional.empty());
    }

    /**
     * A request as its member remembers it.
     *
     * @param ticket its name with the ledger
     * @param request what was asked for
     * @param maxDuration how long its lease may be held
     * @param arrival its place in line, kept to the end
     * @param requestedAgo how long ago it came
     */
    public record Claimant(
            Ticket ticket, SlotRequest request, Duration maxDuration, long arrival, Duration requestedAgo) {}

    /**
     * A lease that its member believes to hold.
     *
     * @param claimant whose
     * @param token its token
     * @param grantedAgo how long it has been held
     * @param endsIn how long it may still be held
     * @param extended by how much its end was moved, in all
     * @param opened whether it opened its profile's directory
     * @param progress how far it got
     * @param isSure whether the member knows by its own clocks that nobody else can have got it since; else it is confirmed if the store
     *     knows it, and not taken back
     * @param loss why it is being taken back, if it is
     */
    public record Lease(
            Claimant claimant,
            long token,
            Duration grantedAgo,
            Duration endsIn,
            Duration extended,
            boolean opened,
            ProfileLock.Progress progress,
            boolean isSure,
            Optional<LeaseLoss> loss) {}

    /**
     * A place in line.
     *
     * @param claimant whose
     * @param parkedToken the token under which it held its slot before it was parked, or 0
     */
    public record Place(Claimant claimant, long parkedToken) {}
}
