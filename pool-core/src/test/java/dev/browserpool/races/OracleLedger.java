package dev.browserpool.races;

import dev.browserpool.LeaseLoss.Reason;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileClaim.OnConflict;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The semantics once more, as simple as they can be said: one list in the order of arrival, scanned from the start for the first
 * request that can run. No index, no heap, no tree, nothing that could get out of step. Time is in milliseconds.
 */
final class OracleLedger {
    /** One request, from its arrival to its end. */
    static final class Entry {
        final SlotRequest request;
        final int number;
        final boolean mayWait;
        final Entry parent;
        final long maxMillis;
        SlotState state = SlotState.WAITING;
        long dueAt;
        long mustEndAt;
        Reason why;
        String recoveredFrom;

        Entry(SlotRequest request, int number, boolean mayWait, Entry parent, long maxMillis) {
            this.request = request;
            this.number = number;
            this.mayWait = mayWait;
            this.parent = parent;
            this.maxMillis = maxMillis;
        }

        String id() {
            return request.requestId();
        }

        String profile() {
            return request.profile().map(ProfileClaim::profileId).orElse(null);
        }

        boolean exclusive() {
            return request.profile().map(ProfileClaim::isExclusive).orElse(true);
        }

        @Override
        public String toString() {
            return "#" + number + " " + id() + " " + state;
        }
    }

    final List<Entry> alive = new ArrayList<>();
    final List<Entry> grants = new ArrayList<>();

    /** What the last step said about requests other than the one it was about, in order. */
    final List<String> told = new ArrayList<>();

    final Map<String, Integer> maxActive = new HashMap<>();
    final Map<String, String> vanished = new HashMap<>();
    final long stopGrace;
    int maxBrowsers;
    int maxQueued;
    final int maxQueuedPerProfile;
    boolean paused;
    long now;
    private int arrivals;

    OracleLedger(int maxBrowsers, int maxQueued, int maxQueuedPerProfile, long stopGrace) {
        this.maxBrowsers = maxBrowsers;
        this.maxQueued = maxQueued;
        this.maxQueuedPerProfile = maxQueuedPerProfile;
        this.stopGrace = stopGrace;
    }

    /** Every step begins with what is due. */
    void begin() {
        told.clear();
        for (Optional<Entry> due = nextDue(); due.isPresent(); due = nextDue()) {
            Entry entry = due.get();
            if (entry.state == SlotState.RUNNING) {
                stop(entry, Reason.EXPIRED);
            } else {
                if (entry.profile() != null) {
                    vanished.put(entry.profile(), entry.id());
                }
                end(entry, entry.why.state(), true);
            }
        }
    }

    private Optional<Entry> nextDue() {
        return alive.stream()
                .filter(e -> e.state.holdsSlot() && e.dueAt <= now)
                .min(Comparator.<Entry>comparingLong(e -> e.dueAt).thenComparing(e -> e.number));
    }

    /** Every step ends with serving the line. */
    void serve() {
        serve(null);
    }

    private void serve(Entry silent) {
        while (!paused && used() < maxBrowsers) {
            Optional<Entry> next =
                    line().stream().filter(this::canRunButForASlot).findFirst();
            if (next.isEmpty()) {
                return;
            }
            grant(next.get(), now + next.get().maxMillis);
            if (next.get() != silent) {
                told.add("granted " + next.get().number);
            }
        }
    }

    private void grant(Entry entry, long mustEndAt) {
        entry.state = SlotState.RUNNING;
        entry.mustEndAt = mustEndAt;
        entry.dueAt = mustEndAt;
        if (entry.profile() != null) {
            entry.recoveredFrom = vanished.remove(entry.profile());
        }
        grants.add(entry);
    }

    List<Entry> line() {
        return alive.stream().filter(e -> e.state == SlotState.WAITING).toList();
    }

    int used() {
        return (int) alive.stream()
                .filter(e -> e.state.holdsSlot() && e.parent == null)
                .count();
    }

    boolean canRunButForASlot(Entry entry) {
        String profile = entry.profile();
        return profile == null || (lineOf(profile).get(0) == entry && hasRoom(entry));
    }

    List<Entry> lineOf(String profile) {
        return line().stream().filter(e -> profile.equals(e.profile())).toList();
    }

    /** In the order of their grants. */
    List<Entry> ownersOf(String profile) {
        return grants.stream()
                .filter(e -> e.state.holdsSlot() && profile.equals(e.profile()))
                .toList();
    }

    private boolean hasRoom(Entry entry) {
        List<Entry> owners = ownersOf(entry.profile());
        return owners.isEmpty()
                || (!entry.exclusive()
                        && owners.stream().noneMatch(Entry::exclusive)
                        && owners.size() < maxActive.getOrDefault(entry.profile(), 1));
    }

    Optional<Entry> find(String id) {
        return alive.stream().filter(e -> e.id().equals(id)).findFirst();
    }

    /** Returns what becomes of a newcomer. */
    String submit(SlotRequest request, int number, boolean mayWait, long maxMillis) {
        Optional<Entry> namesake = find(request.requestId());
        if (namesake.isPresent()) {
            return "duplicate of " + namesake.get().state;
        }
        if (request.parentRequestId().isPresent()) {
            Optional<Entry> parent = find(request.parentRequestId().get()).filter(e -> e.state == SlotState.RUNNING);
            if (parent.isEmpty()) {
                return "parent not running";
            }
            Entry child = new Entry(request, number, false, parent.get(), maxMillis);
            alive.add(child);
            grant(child, Math.min(now + maxMillis, parent.get().mustEndAt));
            return "granted";
        }
        Entry entry = new Entry(request, number, mayWait, null, maxMillis);
        String profile = entry.profile();
        boolean conflict =
                profile != null && (!hasRoom(entry) || !lineOf(profile).isEmpty());
        if (conflict && request.profile().get().onConflict() == OnConflict.REFUSE) {
            return "conflict";
        }
        alive.add(entry);
        serve(entry);
        if (entry.state == SlotState.RUNNING) {
            return "granted" + (entry.recoveredFrom == null ? "" : " after " + entry.recoveredFrom);
        }
        String refusal = mayNotStay(entry);
        if (refusal != null) {
            alive.remove(entry);
            return refusal;
        }
        return "queued at " + line().size() + (conflict ? ", conflict" : "");
    }

    private String mayNotStay(Entry entry) {
        if (!entry.mayWait) {
            return "would wait at " + line().size();
        }
        if (line().size() > maxQueued) {
            return "line full: " + (line().size() - 1);
        }
        String profile = entry.profile();
        return profile != null && lineOf(profile).size() > maxQueuedPerProfile
                ? "line of " + profile + " full: " + (lineOf(profile).size() - 1)
                : null;
    }

    void stop(Entry entry, Reason why) {
        if (entry.state != SlotState.RUNNING) {
            return;
        }
        childrenOf(entry).forEach(child -> stop(child, why));
        entry.state = SlotState.STOPPING;
        entry.why = why;
        entry.dueAt = now + stopGrace;
        told.add("stopping " + entry.number + " " + why);
    }

    /** A sign of life is answered with what its member should have stopped by now. */
    void remind(Predicate<Entry> isOfMember) {
        alive.stream()
                .filter(e -> e.state == SlotState.STOPPING)
                .filter(isOfMember)
                .forEach(e -> told.add("stopping " + e.number + " " + e.why));
    }

    private List<Entry> childrenOf(Entry entry) {
        return alive.stream().filter(e -> e.parent == entry).toList();
    }

    void end(Entry entry, SlotState state, boolean tell) {
        childrenOf(entry)
                .forEach(child -> end(child, child.why == null ? SlotState.RELEASED : child.why.state(), true));
        entry.state = state;
        alive.remove(entry);
        if (tell) {
            told.add("ended " + entry.number + " " + state);
        }
    }

    int arrive() {
        return ++arrivals;
    }
}
