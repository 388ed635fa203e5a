package dev.browserpool.contract;

import static dev.browserpool.contract.LoadTestContract.begin;
import static dev.browserpool.contract.LoadTestContract.patient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.BrowserPool;
import dev.browserpool.LoadTest;
import dev.browserpool.LoadTestInProgressException;
import dev.browserpool.LoadTestLease;
import dev.browserpool.SlotLease;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Load tests that no member holds, for tools outside the JVM: they live by their time alone. */
public abstract class LoadTestByTimeContract extends PoolContract {
    private static final Duration WINDOW = Duration.ofSeconds(2);

    @Test
    void oneForAToolOutsideTheJvmOutlivesItsMakerAndEndsByName() {
        BrowserPool maker = join(1);
        BrowserPool pool = join(1);
        LoadTest test = maker.loadTestLock().acquireFor("k6", seconds(600));
        maker.close();
        time.advance(seconds(100));

        assertThat(test.memberId()).isEmpty();
        assertThat(pool.loadTestLock().current()).contains(test);
        assertThatThrownBy(() -> pool.loadTestLock().acquireFor("other", seconds(1)))
                .isInstanceOf(LoadTestInProgressException.class);
        LoadTest longer = pool.loadTestLock().acquireFor("k6", seconds(600));
        assertThat(longer.since()).isEqualTo(test.since());
        assertThat(longer.until()).isEqualTo(test.until().plusSeconds(100));
        assertThat(pool.loadTestLock().release("other")).isFalse();
        assertThat(pool.loadTestLock().release("k6")).isTrue();
        assertThat(pool.loadTestLock().release("k6")).isFalse();
        take(pool, "next");
    }

    @Test
    void oneForAToolOutsideTheJvmEndsByItsTime() {
        BrowserPool pool = join(patient(1));
        pool.loadTestLock().acquireFor("k6", seconds(30));
        CompletableFuture<SlotLease> waiting = enter(pool, "waiting");

        time.advance(seconds(31));

        assertThat(granted(waiting).isValid()).isTrue();
    }

    @Test
    void oneThatIsHeldIsNotEndedByItsName() {
        BrowserPool pool = join(1);
        LoadTestLease test = begin(pool, "k6");

        assertThat(pool.loadTestLock().release("k6")).isFalse();
        assertThat(test.isValid()).isTrue();
    }

    @Test
    void oneThatNobodyHoldsIsKeptWithTheDataAndLostWithIt() {
        BrowserPool pool = join(1);
        LoadTest test = pool.loadTestLock().acquireFor("k6", Duration.ofHours(1));
        cluster.restart(true);
        time.advance(WINDOW.plus(POLL));
        assertThat(pool.loadTestLock().current()).contains(test);

        cluster.restart(false);
        time.settle();
        time.advance(WINDOW.plus(POLL));

        assertThat(pool.loadTestLock().isActive()).isFalse();
    }
}
