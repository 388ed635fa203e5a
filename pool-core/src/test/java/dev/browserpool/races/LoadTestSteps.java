package dev.browserpool.races;

import dev.browserpool.StoreUnavailableException;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Random load tests that begin, are said again, and end: by their holders, by name, or by force. */
final class LoadTestSteps {
    private static final String NOT_YET = "others may be about to come back";

    private final Twin twin;
    private final OracleLoadTests tests;
    private final SplittableRandom random;
    private final Backend member;

    LoadTestSteps(Twin twin, SplittableRandom random) {
        this.twin = twin;
        this.tests = twin.oracle.loadTests;
        this.random = random;
        this.member = twin.anyMember(random);
    }

    void step() {
        if (random.nextInt(3) == 0) {
            begin();
        } else {
            end();
        }
    }

    private void begin() {
        int millis = random.nextInt(4) == 0 ? 20_000 + random.nextInt(60_000) : 5 + random.nextInt(40);
        String run = "run" + random.nextInt(2);
        Optional<Ticket> holder = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(anyTicket());
        act(new Act.BeginLoadTest(holder, run, "w", Duration.ofMillis(millis)), () -> tests.begin(holder, run, millis));
    }

    /** A new one, or that of the present holder, said again; if it is this member's. */
    private Ticket anyTicket() {
        Optional<Ticket> present = tests.holder().map(twin::ticket).filter(this::isOwn);
        return present.filter(ticket -> random.nextBoolean()).orElseGet(() -> twin.newTicket(member));
    }

    private boolean isOwn(Ticket ticket) {
        return ticket.member().equals(member.identity().member());
    }

    private void end() {
        int kind = random.nextInt(4);
        Optional<Ticket> holder = kind < 2 ? tests.holder().map(twin::ticket) : Optional.empty();
        Optional<String> run = holder.isEmpty() && kind < 3 ? Optional.of("run" + random.nextInt(2)) : Optional.empty();
        act(new Act.EndLoadTest(holder, run, "w", "e"), () -> tests.end(holder, run));
    }

    private void act(Act act, Supplier<String> model) {
        twin.both(
                act.toString(),
                () -> {
                    try {
                        return Told.governed(twin.result(member.ledger().govern(act)));
                    } catch (StoreUnavailableException e) {
                        return NOT_YET;
                    }
                },
                () -> twin.oracle.members.areRecovering() ? NOT_YET : model.get());
    }
}
