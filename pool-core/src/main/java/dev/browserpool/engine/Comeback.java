package dev.browserpool.engine;

import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.Claims;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What this member has when the store has forgotten it, in pages: leases first, for they must not go to others. */
final class Comeback {
    private static final int PAGE = 200;

    /** Answers of the life before are few and soon here; whoever comes later is known to the new one anyway. */
    private static final int ROUNDS = 3;

    private final Core core;
    private final int round;
    private final List<Hold> leases = new ArrayList<>();
    private final List<Hold> line = new ArrayList<>();
    private final Set<Ticket> claimed = new HashSet<>();
    private final Set<Ticket> refused = new HashSet<>();

    /** All that it has now. */
    Comeback(Core core) {
        this(core, 1, Set.of());
    }

    /** Also says of all it takes that no heartbeat so far may judge it. */
    private Comeback(Core core, int round, Set<Ticket> saidBefore) {
        this.core = core;
        this.round = round;
        claimed.addAll(saidBefore);
        long beat = core.beats.get();
        for (Hold hold : core.table.all()) {
            hold.lock.lock();
            try {
                boolean isLease = isLease(hold);
                if ((isLease || hold.stage == Stage.WAITING) && core.isMine(hold.ticket) && claimed.add(hold.ticket)) {
                    hold.seenAtBeat = beat;
                    (isLease ? leases : line).add(hold);
                }
            } finally {
                hold.lock.unlock();
            }
        }
        leases.sort(Comparator.comparingLong(hold -> hold.token));
        line.sort(Comparator.comparingLong(hold -> hold.arrival()));
    }

    /** What was granted or put in line since, by answers that were on their way. */
    Comeback rest() {
        return new Comeback(core, round + 1, claimed);
    }

    /** Whether nothing has to be said any more. */
    boolean isOver() {
        return round > ROUNDS || (leases.isEmpty() && line.isEmpty());
    }

    private static boolean isLease(Hold hold) {
        return hold.stage == Stage.HELD || hold.stage == Stage.RELEASING;
    }

    boolean isLast(int page) {
        return (page + 1) * PAGE >= line.size();
    }

    /** What is still so at this moment: it may be asked for again, when a call has to be repeated. */
    Claims claims(int page) {
        long now = core.time.now();
        List<Claims.Lease> held = new ArrayList<>();
        if (page == 0) {
            leases.stream().filter(Comeback::isLease).forEach(hold -> held.add(lease(hold, now)));
        }
        List<Claims.Place> places = line.subList(page * PAGE, Math.min(line.size(), (page + 1) * PAGE)).stream()
                .filter(hold -> hold.stage == Stage.WAITING)
                .map(hold -> new Claims.Place(claimant(hold, now), hold.parkedToken))
                .toList();
        return new Claims(held, places, isLast(page), core.newestToken.get(), core.loadTests.claim());
    }

    private static Claims.Claimant claimant(Hold hold, long now) {
        return new Claims.Claimant(
                hold.ticket, hold.request, hold.maxDuration, hold.arrival(), Duration.ofNanos(now - hold.waitingSince));
    }

    private Claims.Lease lease(Hold hold, long now) {
        hold.lock.lock();
        try {
            return new Claims.Lease(
                    claimant(hold, now),
                    hold.token,
                    Duration.ofNanos(now - hold.grantedAt),
                    Duration.ofNanos(hold.endsAt() - now),
                    Duration.ofNanos(hold.extensionTold),
                    hold.opened,
                    hold.profileEnd.progress(),
                    core.trust.holds(),
                    Optional.ofNullable(hold.loss));
        } finally {
            hold.lock.unlock();
        }
    }

    void refused(Set<Ticket> tickets) {
        refused.addAll(tickets);
        tickets.forEach(ticket -> core.loadTests.ended(ticket, "the store has lost it, and has granted slots since"));
    }

    /** What the store did not take back. */
    List<Hold> lost() {
        List<Hold> lost = new ArrayList<>();
        leases.stream().filter(hold -> refused.contains(hold.ticket)).forEach(lost::add);
        line.stream().filter(hold -> refused.contains(hold.ticket)).forEach(lost::add);
        return lost;
    }

    @Override
    public String toString() {
        return leases.size() + " leases and " + line.size() + " requests in line";
    }
}
