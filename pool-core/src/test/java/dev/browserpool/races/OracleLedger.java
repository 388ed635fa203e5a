package dev.browserpool.races;

import dev.browserpool.LeaseLoss.Reason;
import dev.browserpool.ProfileClaim.OnConflict;
import dev.browserpool.ProfileRecord.Kind;
import dev.browserpool.ProfileRule;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.races.OracleProfile.Block;
import dev.browserpool.spi.ProfileEnd.Condition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The semantics once more, as simple as they can be said: one list of requests, scanned in the order of their places for the
 * first that can run. No index, no heap, no tree, nothing that could get out of step. Time is in milliseconds. What people and
 * holders say about profiles is in {@link OracleActs}.
 */
final class OracleLedger {
    final List<OracleEntry> alive = new ArrayList<>();
    final List<OracleEntry> grants = new ArrayList<>();
    final Map<String, OracleProfile> profiles = new TreeMap<>();

    /** What the last step said about requests other than the one it was about. */
    final List<String> told = new ArrayList<>();

    final OracleMembers members = new OracleMembers(this);
    final OracleLoadTests loadTests = new OracleLoadTests(this);

    final long stopGrace;
    int maxBrowsers;
    int maxQueued;
    final int maxQueuedPerProfile;
    boolean paused;
    long now;
    private int arrivals;
    private int blocks;

    OracleLedger(int maxBrowsers, int maxQueued, int maxQueuedPerProfile, long stopGrace) {
        this.maxBrowsers = maxBrowsers;
        this.maxQueued = maxQueued;
        this.maxQueuedPerProfile = maxQueuedPerProfile;
        this.stopGrace = stopGrace;
        RandomHistory.PROFILES.forEach(id -> profiles.put(id, new OracleProfile(id)));
    }

    /** Every step begins with what is due: the end of a recovery, leases, blocks, members. */
    void begin() {
        told.clear();
        members.endRecovery();
        for (Optional<OracleEntry> due = nextDue(); due.isPresent(); due = nextDue()) {
            OracleEntry entry = due.get();
            if (entry.state == SlotState.RUNNING) {
                stop(entry, Reason.EXPIRED);
            } else {
                if (entry.profile() != null) {
                    entry.vanished = true;
                    endedBadly(entry);
                }
                end(entry, entry.why.state(), true);
            }
        }
        loadTests.lapse();
        for (OracleProfile profile : profiles.values()) {
            profile.blocks().stream()
                    .filter(block -> block.until() <= now)
                    .sorted(Comparator.comparingLong(Block::until).thenComparing(Block::number))
                    .forEach(profile::lapse);
        }
        members.bury();
        forget();
    }

    private Optional<OracleEntry> nextDue() {
        return alive.stream()
                .filter(e -> e.state.holdsSlot() && e.dueAt <= now)
                .min(Comparator.<OracleEntry>comparingLong(e -> e.dueAt).thenComparing(e -> e.place));
    }

    /** A profile that is at rest, has no rule and no home is forgotten, but for its record. */
    private void forget() {
        profiles.values().stream()
                .filter(p -> isAtRest(p) && p.home == 0 && p.rule.equals(ProfileRule.defaultFor(p.id)))
                .forEach(p -> p.seenOutside = null);
    }

    /** The store has lost its data; what its members know of their own comes back. */
    void forgetAll(Predicate<OracleEntry> comesBack) {
        alive.stream().filter(comesBack.negate()).forEach(e -> e.state = SlotState.LOST);
        alive.clear();
        profiles.replaceAll((id, profile) -> new OracleProfile(id));
        paused = false;
        loadTests.forget();
    }

    boolean isAtRest(OracleProfile p) {
        return p.vanished == null
                && p.blocks().isEmpty()
                && ownersOf(p.id).isEmpty()
                && lineOf(p.id).isEmpty();
    }

    /** Every step ends with serving the line. */
    void serve() {
        serve(null);
        forget();
    }

    private void serve(OracleEntry silent) {
        while (mayGrant() && used() < maxBrowsers) {
            Optional<OracleEntry> next =
                    line().stream().filter(this::canRunButForASlot).findFirst();
            if (next.isEmpty()) {
                return;
            }
            grant(next.get(), now + next.get().maxMillis);
            if (next.get() != silent) {
                told.add("granted " + next.get().number + after(next.get()));
            }
        }
    }

    boolean mayGrant() {
        return !paused && !loadTests.isOn() && !members.areRecovering();
    }

    static String after(OracleEntry owner) {
        OracleEntry before = owner.recoversFrom;
        return before == null ? "" : " after " + before.status() + " " + before.id();
    }

    private void grant(OracleEntry entry, long mustEndAt) {
        entry.state = SlotState.RUNNING;
        entry.toldPlace = entry.place;
        entry.mustEndAt = mustEndAt;
        entry.dueAt = mustEndAt;
        if (entry.profile() != null) {
            OracleProfile profile = profileOf(entry);
            entry.recoversFrom = profile.vanished;
            profile.vanished = null;
            profile.kept = null;
            profile.refusedProxy = null;
        }
        grants.add(entry);
    }

    List<OracleEntry> line() {
        return alive.stream()
                .filter(e -> e.state == SlotState.WAITING)
                .sorted(Comparator.comparingInt(e -> e.place))
                .toList();
    }

    int position(OracleEntry entry) {
        return line().indexOf(entry) + 1;
    }

    int used() {
        return (int) alive.stream()
                .filter(e -> e.state.holdsSlot() && e.parent == null)
                .count();
    }

    boolean canRunButForASlot(OracleEntry entry) {
        return entry.profile() == null
                || (hasRoom(entry) && nextOf(profileOf(entry)).equals(Optional.of(entry)));
    }

    List<OracleEntry> lineOf(String profile) {
        return line().stream().filter(e -> profile.equals(e.profile())).toList();
    }

    /** The oldest in its line; of the task for which it is kept, if it is. */
    private Optional<OracleEntry> nextOf(OracleProfile profile) {
        return lineOf(profile.id).stream()
                .filter(e -> profile.kept == null || profile.kept.who().equals(e.task()))
                .findFirst();
    }

    /** In the order of their grants. */
    List<OracleEntry> ownersOf(String profile) {
        return grants.stream()
                .filter(e -> e.state.holdsSlot() && profile.equals(e.profile()) && alive.contains(e))
                .toList();
    }

    private boolean hasRoom(OracleEntry entry) {
        OracleProfile profile = profileOf(entry);
        List<OracleEntry> owners = ownersOf(profile.id);
        return !profile.isClosedTo(entry)
                && (owners.isEmpty()
                        || (!entry.exclusive()
                                && owners.stream().noneMatch(OracleEntry::exclusive)
                                && owners.size() < profile.rule.maxActive()));
    }

    OracleProfile profileOf(OracleEntry entry) {
        return profiles.get(entry.profile());
    }

    Optional<OracleEntry> find(String id) {
        return alive.stream().filter(e -> e.id().equals(id)).findFirst();
    }

    /** Returns what becomes of a newcomer. */
    String submit(SlotRequest request, String member, int number, boolean mayWait, boolean waits, long maxMillis) {
        Optional<OracleEntry> namesake = find(request.requestId());
        if (namesake.isPresent()) {
            return "duplicate of " + namesake.get().state;
        }
        if (request.parentRequestId().isPresent()) {
            return submitChild(request, member, number, maxMillis);
        }
        if (loadTests.isOn() && !waits) {
            return "refused by " + loadTests;
        }
        OracleEntry entry = new OracleEntry(request, member, number, mayWait, null, maxMillis);
        String conflict = "";
        if (entry.profile() != null) {
            OracleProfile profile = profileOf(entry);
            if (namesAnotherProxy(entry, profile.rule)) {
                String asked = request.proxyId().orElseThrow();
                if (!asked.equals(profile.refusedProxy)) {
                    profile.put(Kind.REFUSED, entry.id());
                }
                profile.refusedProxy = asked;
                return "other proxy";
            }
            conflict = conflictOf(entry, profile);
            if (!conflict.isEmpty() && request.profile().get().onConflict() == OnConflict.REFUSE) {
                return profile.quarantine == null
                        ? "conflict" + conflict
                        : "quarantined by " + profile.quarantine.who() + conflict;
            }
        }
        alive.add(entry);
        returnToOldPlace(entry);
        serve(entry);
        if (entry.state == SlotState.RUNNING) {
            return "granted" + after(entry);
        }
        String refusal = mayNotStay(entry);
        if (refusal != null) {
            alive.remove(entry);
            return refusal + conflict;
        }
        entry.toldPlace = entry.place;
        return "queued at " + position(entry) + conflict;
    }

    private String submitChild(SlotRequest request, String member, int number, long maxMillis) {
        Optional<OracleEntry> parent = find(request.parentRequestId().get()).filter(e -> e.state == SlotState.RUNNING);
        if (parent.isEmpty()) {
            return "parent not running";
        }
        OracleEntry child = new OracleEntry(request, member, number, false, parent.get(), maxMillis);
        alive.add(child);
        grant(child, Math.min(now + maxMillis, parent.get().mustEndAt));
        return "granted";
    }

    static boolean namesAnotherProxy(OracleEntry entry, ProfileRule rule) {
        return rule.proxyId().isPresent()
                && entry.request.proxyId().isPresent()
                && !rule.proxyId().equals(entry.request.proxyId());
    }

    /** Why it could not have its profile at once, were there slots enough; empty if it could. */
    private String conflictOf(OracleEntry newcomer, OracleProfile profile) {
        boolean somebodyIsBefore = profile.kept == null
                ? !lineOf(profile.id).isEmpty()
                : nextOf(profile).isPresent() || !profile.kept.who().equals(newcomer.task());
        boolean keptForIt = profile.kept != null && profile.kept.who().equals(newcomer.task());
        List<Block> blocks = profile.blocks().stream()
                .filter(block -> block.status() != ProfileStatus.STALE || !keptForIt)
                .toList();
        return hasRoom(newcomer) && !somebodyIsBefore ? "" : ", " + busy(profile, blocks);
    }

    String busy(OracleProfile profile) {
        return busy(profile, profile.blocks());
    }

    private String busy(OracleProfile profile, List<Block> blocks) {
        Optional<OracleEntry> owner = ownersOf(profile.id).stream().findFirst();
        Optional<Block> block = blocks.stream().findFirst();
        long freeAt =
                block.map(Block::until).or(() -> owner.map(o -> o.mustEndAt)).orElse(OracleProfile.NEVER);
        return "busy: owner " + owner.map(OracleEntry::id).orElse("-") + ", block "
                + block.map(b -> b.status() + " " + b.who()).orElse("-") + ", free in "
                + (freeAt == OracleProfile.NEVER ? "-" : freeAt - now);
    }

    private String mayNotStay(OracleEntry entry) {
        if (!entry.mayWait) {
            return "would wait at " + position(entry);
        }
        if (line().size() > maxQueued) {
            return "line full: " + (line().size() - 1);
        }
        String profile = entry.profile();
        return profile != null && lineOf(profile).size() > maxQueuedPerProfile
                ? "line of " + profile + " full: " + (lineOf(profile).size() - 1)
                : null;
    }

    void stop(OracleEntry entry, Reason why) {
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
    void remind(Predicate<OracleEntry> isOfMember) {
        alive.stream()
                .filter(e -> e.state == SlotState.STOPPING)
                .filter(isOfMember)
                .forEach(e -> told.add("stopping " + e.number + " " + e.why));
    }

    private List<OracleEntry> childrenOf(OracleEntry entry) {
        return alive.stream().filter(e -> e.parent == entry).toList();
    }

    void endChildren(OracleEntry entry) {
        childrenOf(entry)
                .forEach(child -> end(child, child.why == null ? SlotState.RELEASED : child.why.state(), true));
    }

    void release(OracleEntry entry, SlotState state, Condition condition) {
        if (entry.profile() != null && condition == Condition.UNCLEAN) {
            entry.unclean = true;
            endedBadly(entry);
        } else if (entry.profile() != null && condition == Condition.QUARANTINE) {
            profileOf(entry).quarantine(entry.id(), nextBlock());
        }
        end(entry, state, false);
    }

    void end(OracleEntry entry, SlotState state, boolean tell) {
        endChildren(entry);
        if (entry.profile() != null && entry.state.holdsSlot()) {
            profileOf(entry).put(Kind.OWNED, entry.id() + " " + entry.status() + " " + state + " " + entry.checkpoint);
        }
        boolean waited = entry.state == SlotState.WAITING;
        entry.state = state;
        alive.remove(entry);
        if (waited && entry.profile() != null) {
            nextOf(profileOf(entry)).ifPresent(this::returnToOldPlace);
        }
        if (tell) {
            told.add("ended " + entry.number + " " + state);
        }
    }

    /** Nobody knows what the owner left behind: the rule says what follows. */
    void endedBadly(OracleEntry owner) {
        OracleProfile profile = profileOf(owner);
        profile.vanished = !owner.opened && owner.recoversFrom != null ? owner.recoversFrom : owner;
        switch (profile.rule.onStale()) {
            case RECOVER, INSPECT -> {}
            case REVIEW -> profile.quarantine(owner.id(), nextBlock());
            case RETRY -> {
                long until = now + profile.rule.retryWindow().toMillis();
                profile.kept = new Block(ProfileStatus.STALE, owner.task(), until, nextBlock());
                profile.keptPlace = owner.place;
                nextOf(profile).ifPresent(this::returnToOldPlace);
            }
        }
    }

    /** The oldest of the task for which its profile is kept has the place of the one who lost it, if that is a better one. */
    void returnToOldPlace(OracleEntry entry) {
        if (entry.profile() != null) {
            OracleProfile profile = profileOf(entry);
            if (profile.kept != null && nextOf(profile).equals(Optional.of(entry))) {
                entry.place = Math.min(entry.place, profile.keptPlace);
            }
        }
    }

    int nextBlock() {
        return ++blocks;
    }

    int arrive() {
        return ++arrivals;
    }
}
