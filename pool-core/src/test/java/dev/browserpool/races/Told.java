package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Refusal;
import dev.browserpool.spi.Release;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Signal;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Withdrawal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a ledger said, in the words of the oracle; and every token that it named. */
final class Told {
    private final Map<Integer, Long> tokens = new HashMap<>();
    private final List<Ticket> tickets;

    Told(List<Ticket> tickets) {
        this.tickets = tickets;
    }

    long token(int number) {
        return tokens.getOrDefault(number, -1L);
    }

    private void granted(int number, Grant grant) {
        Long before = tokens.putIfAbsent(number, grant.token());
        assertThat(before == null || before == grant.token())
                .as("one token for #" + number)
                .isTrue();
    }

    private int number(Signal signal) {
        return tickets.indexOf(signal.ticket()) + 1;
    }

    List<String> signals(List<Signal> heard) {
        List<String> said = new ArrayList<>();
        for (Signal signal : heard) {
            if (signal instanceof Signal.Granted granted) {
                granted(number(signal), granted.grant());
                said.add("granted " + number(signal));
            } else if (signal instanceof Signal.Stopping stopping) {
                assertThat(stopping.loss().token()).isEqualTo(token(number(signal)));
                said.add("stopping " + number(signal) + " " + stopping.loss().reason());
            } else if (signal instanceof Signal.Ended ended) {
                said.add("ended " + number(signal) + " " + ended.how().state());
            }
        }
        return said.stream().sorted().toList();
    }

    private static <T> T result(Reply<T> reply, List<Signal> heard) {
        heard.addAll(reply.signals());
        return reply.result();
    }

    String admission(int number, Reply<Admission> reply, List<Signal> heard) {
        Admission admission = result(reply, heard);
        if (admission instanceof Admission.Granted granted) {
            granted(number, granted.grant());
            return "granted"
                    + granted.grant()
                            .profile()
                            .flatMap(Grant.OfProfile::recoveredFrom)
                            .map(lock -> " after " + lock.owner().requestId())
                            .orElse("");
        }
        if (admission instanceof Admission.Queued queued) {
            return "queued at " + queued.position() + (queued.conflict().isPresent() ? ", conflict" : "");
        }
        return admission instanceof Admission.Refused refused ? refusal(refused.refusal()) : "not joined";
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
        return refusal instanceof Refusal.Conflict ? "conflict" : "parent not running";
    }

    String again(Reply<Admission> reply, List<Signal> heard) {
        Admission admission = result(reply, heard);
        return admission instanceof Admission.Queued queued ? "queued at " + queued.position() : "granted";
    }

    String release(Reply<Release> reply, List<Signal> heard) {
        return result(reply, heard) instanceof Release.Ended ended
                ? "ended " + ended.how().state()
                : "not held";
    }

    String withdrawal(Reply<Withdrawal> reply, List<Signal> heard) {
        Withdrawal withdrawal = result(reply, heard);
        if (withdrawal instanceof Withdrawal.Gone gone) {
            return "gone from " + gone.where().position();
        }
        return withdrawal instanceof Withdrawal.Granted ? "granted" : "unknown";
    }

    String ids(Reply<List<String>> reply, List<Signal> heard) {
        return result(reply, heard).toString();
    }
}
