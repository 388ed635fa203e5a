package dev.browserpool.memory;

import dev.browserpool.PoolStatus;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Holdings;
import dev.browserpool.spi.LinePage;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.SlotFacts;
import dev.browserpool.spi.StatusFacts;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Wait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers to questions, from the state under the lock. */
final class Answers {
    private static final int FIRST_PAGE = 100;
    private static final int RECENT_FOR_TIMES = 1_000;

    private final MemoryStore store;
    private final Desk desk;
    private final String me;
    private final long now;

    Answers(MemoryStore store, String me) {
        this.store = store;
        this.desk = store.desk;
        this.me = me;
        this.now = desk.clock.now();
    }

    /** Each question is a record of its own that names its answer's type, so the cast cannot fail. */
    @SuppressWarnings("unchecked")
    <T> T to(Query<T> query) {
        return (T) answer(query);
    }

    private Object answer(Query<?> query) {
        if (query instanceof Query.Status) {
            return status();
        }
        if (query instanceof Query.Slot slot) {
            return slot(slot.requestId());
        }
        if (query instanceof Query.Place place) {
            return place(place.ticket());
        }
        if (query instanceof Query.Line line) {
            return new LinePage(line(line.offset(), line.limit()), desk.pace());
        }
        if (query instanceof Query.Recent recent) {
            return desk.history.newest(recent.limit(), now);
        }
        if (query instanceof Query.Profile one) {
            Profile known = desk.line.knownProfile(one.profileId());
            return Facts.profile(known == null ? new Profile(one.profileId()) : known, now);
        }
        if (query instanceof Query.Profiles) {
            return desk.line.knownProfiles().stream()
                    .filter(profile -> !profile.isAtRest())
                    .sorted(Comparator.comparing(profile -> profile.id))
                    .map(profile -> Facts.profile(profile, now))
                    .toList();
        }
        if (query instanceof Query.ProfileHistory history) {
            return desk.custody.history.of(history.profileId(), history.limit(), now);
        }
        if (query instanceof Query.LoadTest) {
            return desk.loadTesting.facts(now);
        }
        if (query instanceof Query.LoadTests past) {
            return desk.loadTesting.history(past.limit(), now);
        }
        return mine();
    }

    private StatusFacts status() {
        List<String> members = new ArrayList<>();
        for (Member member : store.members()) {
            if (!member.isDead(now)) {
                members.add(member.identity.member());
            }
        }
        return new StatusFacts(
                new PoolStatus.Limit(desk.maxBrowsers, desk.maxQueued, desk.maxQueuedPerProfile),
                desk.tally.total(),
                Optional.ofNullable(desk.pausedBy),
                desk.loadTesting.facts(now),
                desk.pace(),
                desk.tally.byType(),
                running(),
                line(0, FIRST_PAGE),
                members,
                desk.tally.grantedSoFar(),
                desk.tally.endedSoFar(),
                desk.tally.refusedSoFar(),
                desk.history.times(RECENT_FOR_TIMES, now));
    }

    private List<SlotFacts> running() {
        List<SlotFacts> running = new ArrayList<>();
        for (Seat seat = desk.leases.oldest(); seat != null; seat = seat.after) {
            addWithChildren(seat, running);
        }
        return running;
    }

    private void addWithChildren(Seat seat, List<SlotFacts> running) {
        running.add(Facts.slot(seat, now));
        seat.descendants().forEach(child -> running.add(Facts.slot(child, now)));
    }

    private List<SlotFacts> line(int offset, int limit) {
        return desk.line.page(offset, limit).stream()
                .map(seat -> Facts.slot(seat, now))
                .toList();
    }

    private Optional<SlotFacts> slot(String requestId) {
        Seat seat = desk.ids.get(requestId);
        return seat != null ? Optional.of(Facts.slot(seat, now)) : desk.history.latest(requestId, now);
    }

    private Optional<Wait> place(Ticket ticket) {
        Member member = store.memberOrAbsent(ticket.member());
        Seat seat = member == null ? null : member.seats.get(ticket);
        return seat == null || seat.state != SlotState.WAITING ? Optional.empty() : Optional.of(Facts.wait(seat, desk));
    }

    private Holdings mine() {
        Map<Ticket, Grant> leases = new HashMap<>();
        Set<Ticket> waiters = new HashSet<>();
        Member member = store.member(me);
        if (member == null || member.isDead(now)) {
            return new Holdings(false, leases, waiters, Optional.empty());
        }
        member.seats.forEach((ticket, seat) -> {
            if (seat.state.holdsSlot()) {
                leases.put(ticket, Facts.grant(seat, now));
            } else {
                waiters.add(ticket);
            }
        });
        return new Holdings(true, leases, waiters, desk.loadTesting.heldBy(member));
    }
}
