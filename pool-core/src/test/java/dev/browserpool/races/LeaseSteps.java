package dev.browserpool.races;

import dev.browserpool.ProfileLock;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Change;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.OutsideOwner;
import dev.browserpool.spi.ProfileEnd;
import dev.browserpool.spi.ProfileEnd.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** What random holders do with their leases: with the token that they have, with the one that they had, with a wrong one. */
final class LeaseSteps {
    private final Twin twin;
    private final SplittableRandom random;

    LeaseSteps(Twin twin, SplittableRandom random) {
        this.twin = twin;
        this.random = random;
    }

    /** A request, and the token with which somebody speaks for it. */
    private record Word(OracleEntry entry, long token, boolean isHolders) {
        @Override
        public String toString() {
            return entry + (isHolders ? "" : " by a former token");
        }
    }

    private Word anybody() {
        OracleEntry entry = twin.anybody(random);
        if (entry == null) {
            return null;
        }
        long present = twin.told.token(entry.number);
        long token = switch (random.nextInt(12)) {
            case 0 -> present - 1;
            case 1, 2 -> twin.told.formerToken(entry.number);
            default -> present;
        };
        return new Word(entry, token, token == present && entry.state.holdsSlot());
    }

    void release() {
        Word word = anybody();
        if (word == null) {
            return;
        }
        OracleEntry entry = word.entry;
        SlotState verdict = List.of(SlotState.COMPLETED, SlotState.FAILED, SlotState.RELEASED)
                .get(random.nextInt(3));
        Condition condition = List.of(Condition.CLEAN, Condition.CLEAN, Condition.UNCLEAN, Condition.QUARANTINE)
                .get(random.nextInt(random.nextInt(6) == 0 ? 4 : 3));
        Outcome outcome = new Outcome(verdict, "r", new ProfileEnd(condition, "n", ProfileLock.Progress.NONE));
        twin.both(
                "release " + condition + " " + word,
                () -> Told.release(twin.result(twin.ledgerOf(entry).release(twin.ticket(entry), word.token, outcome))),
                () -> {
                    if (!stillHolds(word)) {
                        return "not held";
                    }
                    SlotState last = entry.why == null ? verdict : entry.why.state();
                    twin.oracle.release(entry, last, condition);
                    return "ended " + last;
                });
    }

    void change() {
        Word word = anybody();
        if (word == null) {
            return;
        }
        OracleEntry entry = word.entry;
        switch (random.nextInt(9)) {
            case 0, 1, 2, 3 -> park(word);
            case 4, 5 -> {
                int total = 5 * (1 + random.nextInt(8));
                change(word, new Change.Extend(Duration.ofMillis(total)), () -> twin.acts.extend(entry, total));
            }
            case 6 -> {
                String checkpoint = "c" + random.nextInt(9);
                var progress = new ProfileLock.Progress(Optional.of(checkpoint), Optional.empty());
                change(word, new Change.Note(progress), () -> twin.acts.note(entry, checkpoint));
            }
            case 7 -> change(word, new Change.Releasing(), () -> twin.acts.releasing(entry));
            default -> change(word, new Change.Opened(), () -> twin.acts.opened(entry, word.token));
        }
    }

    private void park(Word word) {
        OutsideOwner by = new OutsideOwner("h", 1 + random.nextInt(2), "chrome");
        int millis = 5 + random.nextInt(20);
        boolean stay = random.nextInt(4) > 0;
        change(word, new Change.Park(by, Duration.ofMillis(millis), stay), () -> {
            String answer = twin.acts.park(word.entry, by.describe(), millis, stay);
            if (answer.equals("parked")) {
                twin.told.parked(word.entry.number);
            }
            return answer;
        });
    }

    private void change(Word word, Change change, Supplier<String> model) {
        OracleEntry entry = word.entry;
        twin.both(
                change + " of " + word,
                () -> Told.changed(twin.result(twin.ledgerOf(entry).change(twin.ticket(entry), word.token, change))),
                () -> {
                    if (stillHolds(word)) {
                        return model.get();
                    }
                    return change instanceof Change.Park && saidBefore(word) ? "parked" : "not held";
                });
    }

    /** The step itself may have begun with the end of what is held. */
    private static boolean stillHolds(Word word) {
        return word.isHolders && word.entry.state.holdsSlot();
    }

    /** Whoever repeats that he parks hears the same again, whatever became of the request since, as long as it is alive. */
    private boolean saidBefore(Word word) {
        return twin.oracle.alive.contains(word.entry)
                && word.token > 0
                && word.token == twin.told.formerToken(word.entry.number);
    }
}
