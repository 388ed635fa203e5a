package dev.browserpool.races;

import dev.browserpool.LeaseLoss;
import dev.browserpool.ProfileLock.Progress;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Beat;
import dev.browserpool.spi.Claims;
import dev.browserpool.spi.LoadTestFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;

/** Random members that fall silent, speak again, leave, and come back to a store that was restarted. */
final class MemberSteps {
    private final Twin twin;
    private final OracleLedger oracle;
    private final SplittableRandom random;

    MemberSteps(Twin twin, SplittableRandom random) {
        this.twin = twin;
        this.oracle = twin.oracle;
        this.random = random;
    }

    void comeOrGo() {
        switch (random.nextInt(6)) {
            case 0, 1 -> fallSilent();
            case 2, 3 -> speakAgain();
            case 4 -> leave();
            default -> restart(random.nextInt(3) > 0);
        }
    }

    /** One at a time, so that no two die at the same moment: in which order they did would be nobody's business. */
    private void fallSilent() {
        if (twin.present().size() > 1 && twin.silent.stream().noneMatch(this::mayBeAlive)) {
            Backend member = twin.anyMember(random);
            twin.note(name(member) + " falls silent");
            twin.silent.add(member);
        }
    }

    private boolean mayBeAlive(Backend member) {
        return oracle.members.knows(name(member)) || oracle.members.awaits(name(member));
    }

    private static String name(Backend member) {
        return member.identity().member();
    }

    private void speakAgain() {
        Optional<Backend> silent = twin.silent.stream().findFirst();
        if (silent.isEmpty()) {
            return;
        }
        Backend member = silent.get();
        twin.silent.remove(member);
        if (oracle.members.awaits(name(member))) {
            comeBack(member);
        } else {
            twin.both(
                    name(member) + " speaks again",
                    () -> twin.result(member.ledger().beat(0, 0)) instanceof Beat.Rejoin ? "unknown" : "alive",
                    () -> {
                        if (!oracle.members.knows(name(member))) {
                            twin.silent.add(member);
                            return "unknown";
                        }
                        oracle.remind(e -> Twin.isOf(member, e));
                        return "alive";
                    });
        }
        if (!oracle.members.knows(name(member))) {
            joinAnew(member);
        }
    }

    private void joinAnew(Backend member) {
        twin.silent.remove(member);
        twin.note(name(member) + " joins as " + member.renew().member());
        twin.join(member);
    }

    private void leave() {
        if (twin.present().size() == 1) {
            return;
        }
        Backend member = twin.anyMember(random);
        twin.silent.add(member);
        twin.both(
                name(member) + " leaves",
                () -> twin.result(member.ledger().leave()).toString(),
                () -> {
                    oracle.members.leaves(name(member));
                    return "true";
                });
        joinAnew(member);
    }

    private void restart(boolean withData) {
        if (!withData) {
            theLimitIsAsConfigured(); // whoever makes the pool anew brings those that it saw last
        }
        twin.advance(100);
        twin.note("restart " + (withData ? "with" : "without") + " data");
        List<Backend> present = new ArrayList<>(twin.present());
        Collections.shuffle(present, new Random(random.nextLong()));
        twin.silent.addAll(present);
        List<Claims> claims = present.stream().map(this::claims).toList();
        twin.store.restart(withData);
        oracle.members.storeRestarts(withData);
        if (!withData) {
            oracle.forgetAll(e -> present.stream().anyMatch(member -> Twin.isOf(member, e)));
        }
        for (int i = 0; i < present.size(); i++) {
            twin.silent.remove(present.get(i));
            comeBack(present.get(i), claims.get(i));
        }
    }

    private void theLimitIsAsConfigured() {
        for (Act act : List.of(new Act.Resize(Twin.MAX_BROWSERS), new Act.LineLength(Twin.MAX_QUEUED))) {
            twin.both(
                    act.toString(),
                    () -> Told.governed(
                            twin.result(twin.anyMember(random).ledger().govern(act))),
                    () -> {
                        boolean isLimit = act instanceof Act.Resize;
                        int before = isLimit ? oracle.maxBrowsers : oracle.maxQueued;
                        oracle.maxBrowsers = isLimit ? Twin.MAX_BROWSERS : oracle.maxBrowsers;
                        oracle.maxQueued = isLimit ? oracle.maxQueued : Twin.MAX_QUEUED;
                        return "done " + before;
                    });
        }
    }

    private void comeBack(Backend member) {
        comeBack(member, claims(member));
    }

    private void comeBack(Backend member, Claims claims) {
        twin.both(
                name(member) + " comes back",
                () -> twin.result(member.ledger().rejoin(member.identity(), claims)).refused().stream()
                        .map(ticket -> ticket.number())
                        .sorted()
                        .toList()
                        .toString(),
                () -> {
                    List<Long> refused = new ArrayList<>();
                    for (Claims.Lease lease : claims.leases()) {
                        if (!new OracleClaims(oracle).holds(entry(lease.claimant()), lease)) {
                            refused.add(lease.claimant().ticket().number());
                        }
                    }
                    for (Claims.Place place : claims.line()) {
                        if (!new OracleClaims(oracle).waits(entry(place.claimant()))) {
                            refused.add(place.claimant().ticket().number());
                        }
                    }
                    if (!oracle.loadTests.claimed(claims.loadTest(), name(member))) {
                        refused.add(claims.loadTest()
                                .flatMap(LoadTestFacts::holder)
                                .orElseThrow()
                                .number());
                    }
                    oracle.members.comesBack(name(member));
                    oracle.remind(e -> Twin.isOf(member, e));
                    return refused.stream().sorted().toList().toString();
                });
    }

    private OracleEntry entry(Claims.Claimant claimant) {
        return twin.everybody.stream()
                .filter(e -> e.number == claimant.ticket().number())
                .findFirst()
                .orElseThrow();
    }

    /** All that a member knows of what is its own. */
    private Claims claims(Backend member) {
        List<OracleEntry> mine =
                oracle.alive.stream().filter(e -> Twin.isOf(member, e)).toList();
        List<Claims.Lease> leases = mine.stream()
                .filter(e -> e.state.holdsSlot())
                .sorted(Comparator.comparingLong(e -> twin.told.token(e.number)))
                .map(this::lease)
                .toList();
        List<Claims.Place> line = mine.stream()
                .filter(e -> e.state == SlotState.WAITING)
                .sorted(Comparator.comparingInt(e -> e.toldPlace))
                .map(e -> new Claims.Place(claimant(e), Math.max(0, twin.told.formerToken(e.number))))
                .toList();
        Optional<LoadTestFacts> loadTest =
                oracle.loadTests.holder().flatMap(number -> oracle.loadTests.claim(name(member), twin.ticket(number)));
        return new Claims(leases, line, true, 0, loadTest);
    }

    private Claims.Claimant claimant(OracleEntry entry) {
        return new Claims.Claimant(
                twin.ticket(entry),
                entry.request,
                Duration.ofMillis(entry.maxMillis),
                twin.told.arrival(entry.number),
                Duration.ZERO);
    }

    private Claims.Lease lease(OracleEntry entry) {
        long token = twin.told.token(entry.number);
        return new Claims.Lease(
                claimant(entry),
                token,
                Duration.ZERO,
                Duration.ofMillis(Math.max(0, entry.mustEndAt - oracle.now)),
                Duration.ofMillis(entry.extended),
                entry.opened,
                new Progress(
                        entry.checkpoint.isEmpty() ? Optional.empty() : Optional.of(entry.checkpoint),
                        Optional.empty()),
                (entry.state == SlotState.RUNNING ? entry.mustEndAt : entry.dueAt) > oracle.now,
                Optional.ofNullable(entry.why).map(why -> new LeaseLoss(entry.id(), token, why, "l")));
    }
}
