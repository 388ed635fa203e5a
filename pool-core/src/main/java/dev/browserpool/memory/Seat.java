package dev.browserpool.memory;

import dev.browserpool.LeaseLoss;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Ask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request that waits or runs: all that the ledger knows of it. Touched under the ledger's lock only. */
final class Seat {
    final Ask ask;
    final Member member;
    final TypeLoad load;
    final long arrival;
    final long requestedAt;
    final @Nullable Profile profile;
    final @Nullable Seat parent;

    /** Links of the chain in which it stands: a line, or the running ones. */
    @Nullable
    Seat before;

    @Nullable
    Seat after;

    SlotState state = SlotState.WAITING;
    long token;
    long grantedAt;
    long mustEndAt;

    /** When the ledger does something about it by itself: expiry, or passing on. */
    long dueAt;

    /** Where it stands in the heap of {@link Leases}. */
    int place;

    /** Whether its profile had no room for it when it came. */
    boolean conflict;

    boolean releasing;

    @Nullable
    LeaseLoss loss;

    @Nullable
    Seat recoveredFrom;

    private @Nullable Set<Seat> children;

    Seat(
            Ask ask,
            Member member,
            TypeLoad load,
            long arrival,
            long now,
            @Nullable Profile profile,
            @Nullable Seat parent) {
        this.ask = ask;
        this.member = member;
        this.load = load;
        this.arrival = arrival;
        this.requestedAt = now;
        this.profile = profile;
        this.parent = parent;
    }

    SlotRequest request() {
        return ask.request();
    }

    String id() {
        return ask.request().requestId();
    }

    boolean exclusive() {
        return request().profile().map(ProfileClaim::isExclusive).orElse(true);
    }

    /** All that run on its slot, each right after its own parent. A loop: they may be nested to any depth. */
    List<Seat> descendants() {
        if (children == null) {
            return List.of();
        }
        List<Seat> all = new ArrayList<>();
        Deque<Iterator<Seat>> open = new ArrayDeque<>();
        open.push(children.iterator());
        while (!open.isEmpty()) {
            if (open.peek().hasNext()) {
                Seat next = open.peek().next();
                all.add(next);
                if (next.children != null) {
                    open.push(next.children.iterator());
                }
            } else {
                open.pop();
            }
        }
        return all;
    }

    void addChild(Seat child) {
        if (children == null) {
            children = new LinkedHashSet<>();
        }
        children.add(child);
    }

    void removeChild(Seat child) {
        if (children != null) {
            children.remove(child);
        }
    }
}
