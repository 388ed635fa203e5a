package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.spi.Admission;
import dev.browserpool.spi.BlockFacts;
import dev.browserpool.spi.Busy;
import dev.browserpool.spi.Changed;
import dev.browserpool.spi.Governed;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.LoadTestFacts;
import dev.browserpool.spi.Refusal;
import dev.browserpool.spi.Release;
import dev.browserpool.spi.Signal;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Withdrawal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a ledger said, in the words of the oracle; and every token that it named. */
final class Told {
    private final Map<Integer, Long> tokens = new HashMap<>();
    private final Map<Integer, Long> former = new HashMap<>();
    private final Map<Integer, Long> arrivals = new HashMap<>();
    private final List<Ticket> tickets;

    Told(List<Ticket> tickets) {
        this.tickets = tickets;
    }

    long token(int number) {
        return tokens.getOrDefault(number, -1L);
    }

    /** The place of a request, as its member heard it last. */
    long arrival(int number) {
        return arrivals.getOrDefault(number, 0L);
    }

    /** The one that it gave back when it was parked last. */
    long formerToken(int number) {
        return former.getOrDefault(number, -1L);
    }

    void parked(int number) {
        former.put(number, tokens.remove(number));
    }

    private String granted(int number, Grant grant) {
        arrivals.put(number, grant.arrival());
        Long before = tokens.putIfAbsent(number, grant.token());
        assertThat(before == null || before == grant.token())
                .as(() -> "one token for #" + number)
                .isTrue();
        assertThat(grant.token()).as(() -> "a new token for #" + number).isGreaterThan(formerToken(number));
        return grant.profile()
                .flatMap(Grant.OfProfile::recoveredFrom)
                .map(lock -> " after " + Comparison.former(lock))
                .orElse("");
    }

    private int number(Signal signal) {
        return tickets.indexOf(signal.ticket()) + 1;
    }

    List<String> signals(List<Signal> heard) {
        List<String> said = new ArrayList<>();
        for (Signal signal : heard) {
            int number = number(signal);
            if (signal instanceof Signal.Granted granted) {
                said.add("granted " + number + granted(number, granted.grant()));
            } else if (signal instanceof Signal.Stopping stopping) {
                assertThat(stopping.loss().token()).isEqualTo(token(number));
                said.add("stopping " + number + " " + stopping.loss().reason());
            } else if (signal instanceof Signal.Ended ended) {
                said.add("ended " + number + " " + ended.how().state());
            }
        }
        return said.stream().sorted().toList();
    }

    String admission(int number, Admission admission) {
        if (admission instanceof Admission.Granted granted) {
            return "granted" + granted(number, granted.grant());
        }
        if (admission instanceof Admission.Queued queued) {
            arrivals.put(number, queued.arrival());
            return "queued at " + queued.position() + conflict(queued.conflict());
        }
        return admission instanceof Admission.Refused refused
                ? refusal(refused.refusal()) + conflict(refused.conflict())
                : "not joined";
    }

    private static String conflict(Optional<Busy> conflict) {
        return conflict.map(busy -> ", " + busy(busy)).orElse("");
    }

    private static String busy(Busy busy) {
        return "busy: owner "
                + busy.owner().map(lock -> lock.owner().requestId()).orElse("-") + ", block "
                + busy.block().map(block -> block.status() + " " + block.who()).orElse("-") + ", free in "
                + busy.freeIn().map(Duration::toMillis).map(Object::toString).orElse("-");
    }

    private static String refusal(Refusal refusal) {
        if (refusal instanceof Refusal.DuplicateId duplicate) {
            return "duplicate of " + duplicate.state();
        }
        if (refusal instanceof Refusal.WouldWait would) {
            return "would wait at " + would.where().position();
        }
        if (refusal instanceof Refusal.LineFull full) {
            return full.profileId().map(p -> "line of " + p + " full: ").orElse("line full: ") + full.waiting();
        }
        if (refusal instanceof Refusal.LoadTest test) {
            return "refused by " + loadTest(test.test());
        }
        if (refusal instanceof Refusal.Quarantined quarantined) {
            return "quarantined by " + quarantined.quarantine().who();
        }
        if (refusal instanceof Refusal.OtherProxy) {
            return "other proxy";
        }
        return refusal instanceof Refusal.Conflict ? "conflict" : "parent not running";
    }

    String again(int number, Admission admission) {
        if (admission instanceof Admission.Queued queued) {
            arrivals.put(number, queued.arrival());
            return "queued at " + queued.position();
        }
        return admission(number, admission);
    }

    static String release(Release release) {
        return release instanceof Release.Ended ended ? "ended " + ended.how().state() : "not held";
    }

    static String withdrawal(Withdrawal withdrawal) {
        if (withdrawal instanceof Withdrawal.Gone gone) {
            return "gone from " + gone.where().position();
        }
        return withdrawal instanceof Withdrawal.Granted ? "granted" : "unknown";
    }

    static String changed(Changed changed) {
        if (changed instanceof Changed.Extended extended) {
            return "ends in " + extended.endsIn().toMillis();
        }
        if (changed instanceof Changed.Ended ended) {
            return "ended " + ended.how().state();
        }
        if (changed instanceof Changed.Parked) {
            return "parked";
        }
        return changed instanceof Changed.Noted ? "noted" : "not held";
    }

    static String loadTest(LoadTestFacts test) {
        return "load test " + test.runId() + " of "
                + test.holder().map(Ticket::number).orElse(0L) + " for "
                + test.endsIn().toMillis();
    }

    static String governed(Governed governed) {
        if (governed instanceof Governed.LoadTesting testing) {
            return (testing.isMeant() ? "" : "other ") + loadTest(testing.test());
        }
        if (governed instanceof Governed.Done done) {
            return "done " + done.number();
        }
        if (governed instanceof Governed.CheckedOut out) {
            BlockFacts block = out.block();
            return "checked out by " + block.who() + " for "
                    + block.endsIn().orElseThrow().toMillis();
        }
        return busy(((Governed.Conflict) governed).busy());
    }
}
