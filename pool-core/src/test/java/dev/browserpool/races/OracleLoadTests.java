package dev.browserpool.races;

import dev.browserpool.spi.LoadTestFacts;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.Optional;

/** The load test that has the pool, if there is one, in the simplest words. */
final class OracleLoadTests {
    private final OracleLedger oracle;
    private Test present;

    /** Number and member are those of its holder's ticket; 0 and empty if it lives by its time alone. */
    private record Test(int number, String member, String run, long until) {}

    OracleLoadTests(OracleLedger oracle) {
        this.oracle = oracle;
    }

    boolean isOn() {
        return present != null;
    }

    /** The ticket of the present holder, if there is one. */
    Optional<Integer> holder() {
        return Optional.ofNullable(present).map(Test::number).filter(number -> number > 0);
    }

    @Override
    public String toString() {
        return present == null
                ? "no load test"
                : "load test " + present.run + " of " + present.number + " for " + (present.until - oracle.now);
    }

    String begin(Optional<Ticket> holder, String run, long millis) {
        if (present != null && !isMeant(holder, Optional.of(run))) {
            return "other " + this;
        }
        if (present == null || holder.isEmpty()) {
            set(holder, run, millis);
        }
        return toString();
    }

    private void set(Optional<Ticket> holder, String run, long millis) {
        int number = holder.map(ticket -> (int) ticket.number()).orElse(0);
        present = new Test(number, holder.map(Ticket::member).orElse(""), run, oracle.now + millis);
    }

    private boolean isMeant(Optional<Ticket> holder, Optional<String> run) {
        return holder.isPresent()
                ? present.number == holder.get().number()
                : run.isEmpty() || (present.number == 0 && present.run.equals(run.get()));
    }

    String end(Optional<Ticket> holder, Optional<String> run) {
        if (present == null) {
            return "done 0";
        }
        String said = (isMeant(holder, run) ? "" : "other ") + this;
        if (isMeant(holder, run)) {
            end(holder.isPresent() ? "" : "REVOKED");
        }
        return said;
    }

    /** Its holder is told, unless he knows. */
    private void end(String state) {
        if (!state.isEmpty() && present.number > 0) {
            oracle.told.add("ended " + present.number + " " + state);
        }
        present = null;
    }

    void lapse() {
        if (present != null && present.until <= oracle.now) {
            end("EXPIRED");
        }
    }

    void goneWith(String member) {
        if (present != null && present.member.equals(member)) {
            end("LOST");
        }
    }

    /** The store has lost its data. */
    void forget() {
        present = null;
    }

    /** What a member knows of its own. */
    Optional<LoadTestFacts> claim(String member, Ticket ticket) {
        return Optional.of(new LoadTestFacts(
                        Optional.of(ticket),
                        present.run,
                        "w",
                        Duration.ZERO,
                        Duration.ofMillis(present.until - oracle.now)))
                .filter(facts -> present.member.equals(member) && present.until > oracle.now);
    }

    /** Returns whether it is still its own: always, unless the time in which it could be said is over. */
    boolean claimed(Optional<LoadTestFacts> claim, String member) {
        if (claim.isPresent()) {
            boolean isKnown = present != null && isMeant(claim.get().holder(), Optional.empty());
            if (!isKnown && !oracle.members.areRecovering()) {
                return false;
            }
            set(claim.get().holder(), claim.get().runId(), claim.get().endsIn().toMillis());
        } else {
            goneWith(member);
        }
        return true;
    }
}
