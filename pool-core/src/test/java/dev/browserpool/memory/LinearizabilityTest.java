package dev.browserpool.memory;

import dev.browserpool.LeaseLoss.Reason;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Governed;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.PoolTime;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Signal;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Which;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Whatever threads do with the ledger at once, it comes out as if they had done it one after the other: answers and signals.
 * It fails, with the interleaving, as soon as a step of the store does not hold the lock.
 */
@Param(name = "id", gen = IntGen.class, conf = "1:3")
public class LinearizabilityTest {
    static {
        System.setProperty("lincheck.logLevel", "ERROR"); // it warns of every record, whose fields it cannot read
    }

    private static final String MEMBER = "member";
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Outcome DONE = Outcome.COMPLETED;

    private final TickingTime time = new TickingTime();
    private final Ledger ledger;

    public LinearizabilityTest() {
        PoolConfig config = PoolConfig.ofSlots(1).toBuilder().stopGrace(MILLI).build();
        ledger = new MemoryLedger(MemoryStore.create(config, time), MEMBER);
        ledger.join(new Identity(MEMBER, "host", 1));
    }

    private static Ticket ticket(int id) {
        return new Ticket(MEMBER, id);
    }

    private static String said(String result, Reply<?> reply) {
        StringBuilder said = new StringBuilder(result);
        for (Signal signal : reply.signals()) {
            said.append(' ')
                    .append(signal.getClass().getSimpleName())
                    .append(signal.ticket().number());
        }
        return said.toString();
    }

    @Operation
    public String submit(@Param(name = "id") int id) {
        SlotRequest request = SlotRequest.of("r" + id, OperationType.TEST_RUN);
        Reply<Admission> reply = ledger.submit(new Ask(ticket(id), request, true, MILLI));
        Admission admission = reply.result();
        return said(
                admission instanceof Admission.Queued queued
                        ? "queued at " + queued.position()
                        : admission.getClass().getSimpleName(),
                reply);
    }

    @Operation
    public String withdraw(@Param(name = "id") int id) {
        var reply = ledger.withdraw(ticket(id), new Outcome(SlotState.CANCELLED, "w"));
        return said(reply.result().getClass().getSimpleName(), reply);
    }

    @Operation
    public String release(@Param(name = "id") int id) {
        Grant grant = ledger.read(new Query.Mine()).leases().get(ticket(id));
        if (grant == null) {
            return "nothing to release";
        }
        var reply = ledger.release(ticket(id), grant.token(), DONE);
        return said(reply.result().getClass().getSimpleName(), reply).replace("NotHeld", "nothing to release");
    }

    @Operation
    public String revoke(@Param(name = "id") int id) {
        var reply = ledger.stop(new Which.Running("r" + id), Reason.REVOKED, "s");
        return said(reply.result().toString(), reply);
    }

    @Operation
    public int resize(@Param(name = "id") int slots) {
        return ((Governed.Done) ledger.govern(new Act.Resize(slots)).result()).number();
    }

    /** What is due by then is done by the next step, whose it may be. */
    @Operation
    public void tick() {
        time.tick(MILLI);
    }

    @Test
    void modelCheckingFindsNoInterleavingThatCouldNotHaveHappenedInTurn() {
        new ModelCheckingOptions()
                .iterations(3)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .invocationsPerIteration(40)
                .check(LinearizabilityTest.class);
    }

    @Test
    void stressFindsNoOutcomeThatCouldNotHaveHappenedInTurn() {
        new StressOptions()
                .iterations(4)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .invocationsPerIteration(150)
                .check(LinearizabilityTest.class);
    }

    /** Time that several threads move at once, and in which nothing happens by itself. */
    private static final class TickingTime implements PoolTime {
        private final AtomicLong nanos = new AtomicLong(1_000);

        void tick(Duration by) {
            nanos.addAndGet(by.toNanos());
        }

        @Override
        public long nanos() {
            return nanos.get();
        }

        @Override
        public Instant wall() {
            return Instant.EPOCH;
        }

        @Override
        public Driven drive(String threadName, LongUnaryOperator step) {
            throw new UnsupportedOperationException("a ledger drives nothing");
        }
    }
}
