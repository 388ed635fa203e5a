package dev.browserpool.races;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.memory.MemoryStore;
import dev.browserpool.spi.BackendPools;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Leases are closed by several threads at once, taken back, and their slots granted anew, through the whole engine: a slot comes
 * back once, whoever closes first, and nobody who has seen it gone sees it there again.
 */
@Param(name = "lease", gen = IntGen.class, conf = "0:1")
public class LeaseLinearizabilityTest {
    static {
        System.setProperty("lincheck.logLevel", "ERROR"); // it warns of every record, whose fields it cannot read
    }

    private final BrowserPool pool;
    private final List<SlotLease> leases = new ArrayList<>();

    /** So that none of them passes for forgotten. */
    private final Queue<SlotLease> kept = new ConcurrentLinkedQueue<>();

    public LeaseLinearizabilityTest() {
        ManualTime time = new ManualTime();
        PoolConfig config = PoolConfig.ofSlots(2);
        pool = BackendPools.over(MemoryStore.create(config, time).member(), config, time);
        for (int i = 0; i < 2; i++) {
            leases.add(pool.tryAcquire(request("held" + i)).orElseThrow());
        }
    }

    private static SlotRequest request(String id) {
        return SlotRequest.of(id, OperationType.TEST_RUN);
    }

    @Operation
    public void close(@Param(name = "lease") int lease) {
        leases.get(lease).close();
    }

    @Operation
    public boolean revoke(@Param(name = "lease") int lease) {
        return pool.operations().revoke("held" + lease, "r");
    }

    @Operation
    public boolean acquire() {
        return pool.tryAcquire(SlotRequest.of(OperationType.TEST_RUN))
                .map(kept::add)
                .orElse(false);
    }

    @Operation
    public int available() {
        return pool.status().available();
    }

    @Test
    void stressFindsNoSlotThatIsLostOrGivenTwice() {
        new StressOptions()
                .iterations(6)
                .threads(2)
                .actorsPerThread(3)
                .invocationsPerIteration(150)
                .check(LeaseLinearizabilityTest.class);
    }
}
