package dev.browserpool.races;

import dev.browserpool.ProfileRule;
import dev.browserpool.ProfileRule.OnStale;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** What random operators decide for the pool, and random people for a profile. */
final class PeopleSteps {
    private static final List<String> PEOPLE = List.of("ann", "bob", "eve");
    private static final List<OnStale> ANSWERS = List.of(
            OnStale.RECOVER,
            OnStale.INSPECT,
            OnStale.REVIEW,
            OnStale.RETRY,
            OnStale.RETRY,
            OnStale.RETRY,
            OnStale.RETRY);

    private final Twin twin;
    private final SplittableRandom random;
    private final Ledger ledger;

    PeopleSteps(Twin twin, SplittableRandom random) {
        this.twin = twin;
        this.random = random;
        this.ledger = twin.anyMember(random).ledger();
    }

    void operate() {
        OracleLedger oracle = twin.oracle;
        int number = 1 + random.nextInt(5);
        switch (random.nextInt(4)) {
            case 0 ->
                act(new Act.Resize(number), () -> {
                    int before = oracle.maxBrowsers;
                    oracle.maxBrowsers = number;
                    return "done " + before;
                });
            case 1 ->
                act(new Act.LineLength(3 * number - 3), () -> {
                    int before = oracle.maxQueued;
                    oracle.maxQueued = 3 * number - 3;
                    return "done " + before;
                });
            default -> pause(random.nextInt(4) == 0);
        }
    }

    private void pause(boolean pause) {
        act(pause ? new Act.Pause("p") : new Act.Resume(), () -> {
            boolean changes = twin.oracle.paused != pause;
            twin.oracle.paused = pause;
            return changes ? "done 1" : "done 0";
        });
    }

    void rule() {
        String profile = twin.anyProfile(random);
        ProfileRule rule = ProfileRule.defaultFor(profile);
        if (random.nextInt(4) > 0) {
            rule = rule.withMaxActive(1 + random.nextInt(4))
                    .withOnStale(ANSWERS.get(random.nextInt(ANSWERS.size())))
                    .withRetryWindow(Duration.ofMillis(15 + random.nextInt(80)));
            if (random.nextInt(4) == 0) {
                rule = rule.withProxy("x" + random.nextInt(2));
            }
        }
        ProfileRule set = rule;
        act(new Act.SetRule(set), () -> twin.acts.setRule(set));
    }

    void person() {
        OracleProfile profile = twin.oracle.profiles.get(twin.anyProfile(random));
        String id = profile.id;
        String who = PEOPLE.get(random.nextInt(PEOPLE.size()));
        int millis = 5 + random.nextInt(35);
        Duration howLong = Duration.ofMillis(millis);
        switch (random.nextInt(14)) {
            case 0 -> act(new Act.Quarantine(id, who, "q"), () -> twin.acts.quarantine(profile, who));
            case 1, 2, 3 -> act(new Act.Clear(id, who, "c"), () -> twin.acts.clear(profile, who));
            case 4, 5, 6 -> {
                if (!twin.oracle.members
                        .areRecovering()) { // its owner may be about to come back: the caller has to wait
                    act(new Act.CheckOut(id, who, "o", howLong), () -> twin.acts.checkOut(profile, who, millis));
                }
            }
            case 7, 8 ->
                act(new Act.ExtendCheckOut(id, who, howLong), () -> twin.acts.extendCheckOut(profile, who, millis));
            default -> act(new Act.CheckIn(id, who, "i"), () -> twin.acts.checkIn(profile, who));
        }
    }

    private void act(Act act, Supplier<String> model) {
        twin.both(act.toString(), () -> Told.governed(twin.result(ledger.govern(act))), model);
    }
}
