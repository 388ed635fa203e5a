package dev.browserpool.races;

import dev.browserpool.LeaseLoss.Reason;
import dev.browserpool.OperationType;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Which;
import java.time.Duration;
import java.util.SplittableRandom;

/** Random requests that come, are said again, give up, or are stopped; and time that passes. */
final class RequestSteps {
    private static final int IDS = 30;

    private final Twin twin;
    private final OracleLedger oracle;
    private final SplittableRandom random;

    RequestSteps(Twin twin, SplittableRandom random) {
        this.twin = twin;
        this.oracle = twin.oracle;
        this.random = random;
    }

    private String anyId() {
        return "r" + random.nextInt(IDS);
    }

    void submit() {
        SlotRequest request = anyRequest();
        boolean mayWait = random.nextInt(5) > 0;
        boolean waits = random.nextInt(3) > 0;
        int millis = random.nextInt(4) == 0 ? 20_000 + random.nextInt(100_000) : 5 + random.nextInt(60);
        Backend member = twin.anyMember(random);
        Ticket ticket = twin.newTicket(member);
        int number = (int) ticket.number();
        Ask ask = new Ask(ticket, request, mayWait, Duration.ofMillis(millis), waits);
        twin.both(
                "submit #" + number + " " + described(request) + (mayWait ? "" : " now or never")
                        + (waits ? "" : " not for a load test"),
                () -> twin.told.admission(number, twin.result(member.ledger().submit(ask))),
                () -> {
                    String answer = oracle.submit(request, member.identity().member(), number, mayWait, waits, millis);
                    oracle.find(request.requestId())
                            .filter(e -> e.number == number)
                            .ifPresent(twin.everybody::add);
                    return answer;
                });
    }

    private SlotRequest anyRequest() {
        SlotRequest.Builder request = SlotRequest.builder(anyId(), OperationType.TEST_RUN);
        int kind = random.nextInt(10);
        if (kind == 0) {
            request.under(anyId());
        } else if (kind < 8) {
            String profile = twin.anyProfile(random);
            ProfileClaim claim =
                    random.nextInt(3) == 0 ? ProfileClaim.exclusive(profile) : ProfileClaim.shared(profile);
            request.profile(random.nextInt(4) == 0 ? claim.refuseOnConflict() : claim);
            if (random.nextInt(4) > 0) {
                request.taskId(twin.anyTask(random));
            }
            int proxy = random.nextInt(6);
            if (proxy < 2) {
                request.proxyId("x" + proxy);
            }
        }
        return request.build();
    }

    private static String described(SlotRequest request) {
        return request.requestId()
                + request.taskId().map(t -> " for " + t).orElse("")
                + request.profile()
                        .map(c -> " wants " + c.profileId() + " " + c.mode() + " " + c.onConflict())
                        .orElse("")
                + request.proxyId().map(p -> " by " + p).orElse("")
                + request.parentRequestId().map(p -> " under " + p).orElse("");
    }

    /** The same call once more, as after a lost answer. */
    void again() {
        OracleEntry entry = twin.anybodyAlive(random);
        if (entry == null || twin.isOfFormer(entry)) {
            return;
        }
        Ask ask = new Ask(twin.ticket(entry), entry.request, entry.mayWait, Duration.ofMillis(entry.maxMillis));
        twin.both(
                "submit again " + entry,
                () -> twin.told.again(
                        entry.number, twin.result(twin.ledgerOf(entry).submit(ask))),
                () -> {
                    entry.toldPlace = entry.place;
                    return entry.state == SlotState.WAITING
                            ? "queued at " + oracle.position(entry)
                            : "granted" + OracleLedger.after(entry);
                });
    }

    void withdraw() {
        OracleEntry entry = twin.anybody(random);
        if (entry == null) {
            return;
        }
        Outcome outcome = new Outcome(SlotState.TIMED_OUT, "w");
        twin.both(
                "withdraw " + entry,
                () -> Told.withdrawal(twin.result(twin.ledgerOf(entry).withdraw(twin.ticket(entry), outcome))),
                () -> {
                    if (entry.state == SlotState.WAITING) {
                        int position = oracle.position(entry);
                        oracle.end(entry, SlotState.TIMED_OUT, false);
                        return "gone from " + position;
                    }
                    return entry.state.holdsSlot() ? "granted" : "unknown";
                });
    }

    void stop() {
        String id = anyId();
        Ledger ledger = twin.anyMember(random).ledger();
        boolean running = random.nextInt(3) > 0;
        Which which = running ? new Which.Running(id) : new Which.InLine(id);
        SlotState state = running ? SlotState.RUNNING : SlotState.WAITING;
        twin.both(
                (running ? "revoke " : "cancel ") + id,
                () -> twin.result(ledger.stop(which, Reason.REVOKED, "s")).toString(),
                () -> {
                    OracleEntry entry =
                            oracle.find(id).filter(e -> e.state == state).orElse(null);
                    if (entry == null) {
                        return "[]";
                    }
                    if (running) {
                        oracle.stop(entry, Reason.REVOKED);
                    } else {
                        oracle.end(entry, SlotState.CANCELLED, true);
                    }
                    return "[" + id + "]";
                });
    }

    void advance() {
        int millis = random.nextInt(10) == 0 ? 4_000 + random.nextInt(10_000) : 1 + random.nextInt(15);
        Backend member = twin.anyMember(random);
        twin.advance(millis);
        twin.both(
                millis + " ms later",
                () -> {
                    twin.result(member.ledger().beat(0, 0));
                    return "alive";
                },
                () -> {
                    oracle.remind(e -> Twin.isOf(member, e));
                    return "alive";
                });
    }
}
