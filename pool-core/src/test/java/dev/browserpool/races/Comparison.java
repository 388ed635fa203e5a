package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.PoolStatus;
import dev.browserpool.SlotState;
import dev.browserpool.races.OracleLedger.Entry;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.ProfileFacts;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.StatusFacts;
import java.util.ArrayList;
import java.util.List;

/** What must be the same after every step, and what must be true whoever says it. */
final class Comparison {
    private Comparison() {}

    static void of(Ledger ledger, OracleLedger oracle, Told told, int usedBefore, String what) {
        StatusFacts facts = ledger.read(new Query.Status());
        assertThat(facts.running().stream()
                        .map(slot -> slot.request().requestId() + " " + slot.state())
                        .toList())
                .as("running after " + what)
                .isEqualTo(running(oracle));
        assertThat(facts.line().stream().map(slot -> slot.request().requestId()).toList())
                .as("line after " + what)
                .isEqualTo(oracle.line().stream().map(Entry::id).toList());
        assertThat(facts.load()).as("load after " + what).isEqualTo(load(oracle));
        for (String profile : RandomHistory.PROFILES) {
            owners(ledger, oracle, profile, what);
        }
        assertThat(facts.load().used())
                .as("used after " + what)
                .isLessThanOrEqualTo(Math.max(usedBefore, facts.limit().maxBrowsers()));
        tokensGrow(oracle, told);
        nobodyWaitsInVain(oracle, what);
    }

    private static List<String> running(OracleLedger oracle) {
        List<String> running = new ArrayList<>();
        oracle.grants.stream()
                .filter(e -> e.state.holdsSlot() && e.parent == null)
                .forEach(e -> addWithChildren(e, oracle, running));
        return running;
    }

    private static void addWithChildren(Entry entry, OracleLedger oracle, List<String> running) {
        running.add(entry.id() + " " + entry.state);
        oracle.alive.stream().filter(e -> e.parent == entry).forEach(e -> addWithChildren(e, oracle, running));
    }

    private static PoolStatus.Load load(OracleLedger oracle) {
        int stopping = (int) oracle.alive.stream()
                .filter(e -> e.state == SlotState.STOPPING && e.parent == null)
                .count();
        int ready =
                (int) oracle.line().stream().filter(oracle::canRunButForASlot).count();
        return new PoolStatus.Load(
                oracle.used() - stopping, stopping, ready, oracle.line().size() - ready);
    }

    private static void owners(Ledger ledger, OracleLedger oracle, String profile, String what) {
        List<Entry> owners = oracle.ownersOf(profile);
        List<String> expected = owners.stream().map(Entry::id).toList();
        if (expected.isEmpty() && oracle.vanished.containsKey(profile)) {
            expected = List.of(oracle.vanished.get(profile));
        }
        ProfileFacts facts = ledger.read(new Query.Profile(profile));
        assertThat((facts.owners().isEmpty() ? facts.vanished().stream() : facts.owners().stream())
                        .map(lock -> lock.owner().requestId())
                        .toList())
                .as("owners of " + profile + " after " + what)
                .isEqualTo(expected);
        assertThat(owners.size() <= 1 || owners.stream().noneMatch(Entry::exclusive))
                .as("an exclusive owner is alone, after " + what)
                .isTrue();
    }

    private static void tokensGrow(OracleLedger oracle, Told told) {
        long before = 0;
        for (Entry entry : oracle.grants.subList(Math.max(0, oracle.grants.size() - 8), oracle.grants.size())) {
            long token = told.token(entry.number);
            assertThat(token).as("token of " + entry).isGreaterThan(before);
            before = token;
        }
    }

    private static void nobodyWaitsInVain(OracleLedger oracle, String what) {
        if (!oracle.paused && oracle.used() < oracle.maxBrowsers) {
            assertThat(oracle.line()).as("could run after " + what).noneMatch(oracle::canRunButForASlot);
        }
    }
}
