package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.PoolStatus;
import dev.browserpool.ProfileHome;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Beat;
import dev.browserpool.spi.BlockFacts;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.LockFacts;
import dev.browserpool.spi.ProfileFacts;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.RecordFacts;
import dev.browserpool.spi.StatusFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must be the same after every step, and what must be true whoever says it. */
final class Comparison {
    private static final int NEWEST = 6;

    private final Twin twin;
    private final OracleLedger oracle;
    private final Ledger ledger;
    /** Who had each profile, and what kept it closed, after the step before. */
    private final Map<String, List<OracleEntry>> ownersBefore = new HashMap<>();

    Comparison(Twin twin) {
        this.twin = twin;
        this.oracle = twin.oracle;
        this.ledger = twin.members.get(0).ledger();
    }

    void after(String what, int usedBefore) {
        StatusFacts facts = ledger.read(new Query.Status());
        assertThat(facts.running().stream()
                        .map(slot -> slot.request().requestId() + " " + slot.state())
                        .toList())
                .as(() -> "running after " + what)
                .isEqualTo(running());
        assertThat(facts.line().stream().map(slot -> slot.request().requestId()).toList())
                .as(() -> "line after " + what)
                .isEqualTo(oracle.line().stream().map(OracleEntry::id).toList());
        assertThat(facts.load()).as(() -> "load after " + what).isEqualTo(load());
        assertThat(facts.loadTest().map(Told::loadTest).orElse("no load test"))
                .as(() -> "load test after " + what)
                .isEqualTo(oracle.loadTests.toString());
        assertThat(facts.pace().ready()).as(() -> "ready after " + what).isEqualTo(load().waitingForSlot());
        assertThat(facts.limit().maxBrowsers()).isEqualTo(oracle.maxBrowsers);
        assertThat(facts.limit().maxQueued()).isEqualTo(oracle.maxQueued);
        if (!oracle.members.areRecovering()) { // who comes back is accepted above the limit
            assertThat(facts.load().used())
                    .as(() -> "used after " + what)
                    .isLessThanOrEqualTo(Math.max(usedBefore, facts.limit().maxBrowsers()));
        }
        profiles(what);
        if (!oracle.members.isRecoveryOver()) {
            twin.present().forEach(member -> holdings(member, what));
        }
        tokensGrow();
        nobodyWaitsInVain(what);
    }

    private List<String> running() {
        List<String> running = new ArrayList<>();
        oracle.grants.stream()
                .filter(e -> e.state.holdsSlot() && e.parent == null && oracle.alive.contains(e))
                .forEach(e -> addWithChildren(e, running));
        return running;
    }

    private void addWithChildren(OracleEntry entry, List<String> running) {
        running.add(entry.id() + " " + entry.state);
        oracle.alive.stream().filter(e -> e.parent == entry).forEach(e -> addWithChildren(e, running));
    }

    private PoolStatus.Load load() {
        int stopping = (int) oracle.alive.stream()
                .filter(e -> e.state == SlotState.STOPPING && e.parent == null)
                .count();
        int ready =
                (int) oracle.line().stream().filter(oracle::canRunButForASlot).count();
        return new PoolStatus.Load(
                oracle.used() - stopping, stopping, ready, oracle.line().size() - ready);
    }

    private void profiles(String what) {
        assertThat(ledger.read(new Query.Profiles()).stream()
                        .map(ProfileFacts::profileId)
                        .toList())
                .as(() -> "profiles after " + what)
                .isEqualTo(oracle.profiles.values().stream()
                        .filter(p -> !oracle.isAtRest(p))
                        .map(p -> p.id)
                        .toList());
        for (OracleProfile profile : oracle.profiles.values()) {
            assertThat(described(ledger.read(new Query.Profile(profile.id))))
                    .as(() -> profile.id + " after " + what)
                    .isEqualTo(described(profile));
            assertThat(ledger.read(new Query.ProfileHistory(profile.id, NEWEST)).stream()
                            .map(Comparison::described)
                            .toList())
                    .as(() -> "history of " + profile.id + " after " + what)
                    .isEqualTo(newest(profile.records));
            safe(profile, what);
        }
    }

    private static List<String> newest(List<String> records) {
        List<String> newest = new ArrayList<>();
        for (int i = records.size() - 1; i >= 0 && newest.size() < NEWEST; i--) {
            newest.add(records.get(i));
        }
        return newest;
    }

    private static String described(ProfileFacts facts) {
        return "owners " + facts.owners().stream().map(Comparison::described).toList()
                + ", vanished " + facts.vanished().map(Comparison::former).orElse("-")
                + ", blocks "
                + facts.blocks().stream().map(Comparison::described).toList()
                + ", waiting " + facts.waiting()
                + ", home " + facts.home().map(ProfileHome::token).orElse(0L)
                + ", " + facts.rule();
    }

    private String described(OracleProfile profile) {
        return "owners "
                + oracle.ownersOf(profile.id).stream()
                        .map(e -> e.id() + " " + e.status() + " " + e.checkpoint + " " + (e.mustEndAt - oracle.now))
                        .toList()
                + ", vanished "
                + (profile.vanished == null ? "-" : profile.vanished.status() + " " + profile.vanished.id())
                + ", blocks "
                + profile.blocks().stream()
                        .map(b -> b.status() + " " + b.who()
                                + (b.until() == OracleProfile.NEVER ? "" : " " + (b.until() - oracle.now)))
                        .toList()
                + ", waiting " + oracle.lineOf(profile.id).size()
                + ", home " + profile.home
                + ", " + profile.rule;
    }

    private static String described(LockFacts lock) {
        return lock.owner().requestId() + " " + lock.status() + " "
                + lock.progress().checkpoint().orElse("") + " "
                + lock.times().endsIn().toMillis();
    }

    private static String described(RecordFacts fact) {
        return fact.kind() + " " + fact.who()
                + fact.owned()
                        .map(owned -> " " + owned.lock().status() + " " + owned.ended() + " "
                                + owned.lock().progress().checkpoint().orElse(""))
                        .orElse("");
    }

    static String former(LockFacts lock) {
        return lock.status() + " " + lock.owner().requestId();
    }

    private static String described(BlockFacts block) {
        return block.status() + " " + block.who()
                + block.endsIn().map(Duration::toMillis).map(ms -> " " + ms).orElse("");
    }

    /** An exclusive owner is alone, and nobody gets what is blocked. */
    private void safe(OracleProfile profile, String what) {
        List<OracleEntry> owners = oracle.ownersOf(profile.id);
        assertThat(owners.size() <= 1 || owners.stream().noneMatch(OracleEntry::exclusive))
                .as(() -> "an exclusive owner is alone, after " + what)
                .isTrue();
        if (!profile.blocks().isEmpty()) {
            assertThat(ownersBefore.getOrDefault(profile.id, List.of()))
                    .as(() -> "nobody new gets " + profile.id + ", which is closed, after " + what)
                    .containsAll(owners);
        }
        ownersBefore.put(profile.id, owners);
    }

    /** A beat with the right numbers is confirmed, with any other it is not. */
    private void holdings(Backend member, String what) {
        int leases = (int) oracle.alive.stream()
                .filter(e -> Twin.isOf(member, e) && e.state.holdsSlot())
                .count();
        int waiters = (int) oracle.alive.stream()
                .filter(e -> Twin.isOf(member, e) && e.state == SlotState.WAITING)
                .count();
        assertThat(member.ledger().beat(leases, waiters).result())
                .as(() -> "holds after " + what)
                .isInstanceOf(Beat.Confirmed.class);
        oracle.members.lives(member.identity().member());
    }

    private void tokensGrow() {
        long before = 0;
        List<OracleEntry> grants = oracle.grants;
        for (OracleEntry entry : grants.subList(Math.max(0, grants.size() - 8), grants.size())) {
            long token = twin.told.token(entry.number);
            assertThat(token).as(() -> "token of " + entry).isGreaterThan(before);
            before = token;
        }
    }

    private void nobodyWaitsInVain(String what) {
        if (oracle.mayGrant() && oracle.used() < oracle.maxBrowsers) {
            assertThat(oracle.line()).as(() -> "could run after " + what).noneMatch(oracle::canRunButForASlot);
        }
    }
}
