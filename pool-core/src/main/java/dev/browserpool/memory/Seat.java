package dev.browserpool.memory;

import dev.browserpool.LeaseLoss;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileLock;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Busy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request that waits or runs: all that the ledger knows of it. Touched under the ledger's lock only. */
final class Seat {
    final Ask ask;
    final Member member;
    final TypeLoad load;
    /** Its place in line, kept to the end; but a task that comes again for the profile that it lost gets the old one. */
    long arrival;

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

    /** Of its end: when its member had given its last sign of life, and what followed from that. */
    long lastBeat;

    long staleAt;

    /** Why it ended, and when; set once it has. */
    String reason = "";

    long endedAt;
    /** When the ledger does something about it by itself: expiry, or passing on. */
    long dueAt;

    /** Where it stands in the heap of {@link Leases}. */
    int place;

    /** Why its profile could not be had when it came. */
    Optional<Busy> conflict = Optional.empty();

    /** Whether it opened its profile's directory. */
    boolean opened;

    boolean releasing;
    /** Whether its browser could not be closed cleanly. */
    boolean unclean;
    /** Whether it lost its profile without a word. */
    boolean vanished;
    /** By how much its end was moved, in all. */
    long extended;
    /** The token that it gave back when it was parked, so that the same call may be repeated. */
    long parkedToken;
    /** The proxy of its profile's rule, if it names none itself. */
    Optional<String> ruledProxy = Optional.empty();

    ProfileLock.Progress progress = ProfileLock.Progress.NONE;

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

    /** The task that it serves: its own name for it, or the request itself. */
    String task() {
        return request().taskId().orElse(id());
    }

    Optional<String> proxyId() {
        return request().proxyId().or(() -> ruledProxy);
    }

    boolean exclusive() {
        return request().profile().map(ProfileClaim::isExclusive).orElse(true);
    }

    /** What is empty stays as it was. */
    void note(ProfileLock.Progress news) {
        if (!news.equals(ProfileLock.Progress.NONE)) {
            progress = progress.updatedBy(news);
        }
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
