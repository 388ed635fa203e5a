package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolStatus;
import dev.browserpool.SlotLease;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Never more than the limit, over all members, at any moment; and a limit that may change at any time. */
public abstract class LimitContract extends PoolContract {

    @Test
    void neverMoreThanTheLimitRunOverAllMembers() {
        List<BrowserPool> members = List.of(join(3), join(3), join(3));
        List<CompletableFuture<SlotLease>> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(submit(members.get(i % 3), request("r" + i)));
        }

        for (int i = 0; i < 9; i++) {
            assertThat(load(members.get(i % 3))).isEqualTo(new PoolStatus.Load(3, 0, 9 - i, 0));
            granted(all.get(i)).close();
        }
        assertThat(load(members.get(0))).isEqualTo(new PoolStatus.Load(3, 0, 0, 0));
    }

    @Test
    void raisingTheLimitStartsAtOnceAsManyAsThereIsRoomFor() {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        take(pool, "a");
        for (String id : List.of("b", "c", "d", "e")) {
            enter(pool, id);
        }

        other.operations().resize(4);

        assertThat(running(pool)).containsExactly("a", "b", "c", "d");
        assertThat(line(pool)).containsExactly("e");
        assertThat(pool.status().limit().maxBrowsers()).isEqualTo(4);
    }

    @Test
    void raisingTheLimitByHundredsStartsThemAll() {
        BrowserPool pool = join(1);
        take(pool, "holder");
        List<CompletableFuture<SlotLease>> waiting = IntStream.range(0, 300)
                .mapToObj(i -> submit(pool, request("r" + i)))
                .toList();

        pool.operations().resize(301);
        time.settle();

        assertThat(load(pool)).isEqualTo(new PoolStatus.Load(301, 0, 0, 0));
        waiting.forEach(PoolContract::granted);
    }

    @Test
    void loweringTheLimitLetsRunningOnesFinish() {
        BrowserPool pool = join(3);
        SlotLease a = take(pool, "a");
        SlotLease b = take(pool, "b");
        SlotLease c = take(pool, "c");
        enter(pool, "waiting");

        pool.operations().resize(1);

        assertThat(List.of(a, b, c)).allMatch(SlotLease::isValid);
        assertThat(load(pool).running()).isEqualTo(3);
        assertThat(pool.status().available()).isZero();
        a.close();
        b.close();
        assertThat(running(pool)).containsExactly("c");
        c.close();
        assertThat(running(pool)).containsExactly("waiting");
    }

    @Test
    void aLeaseThatIsStoppingCountsAgainstTheLimit() {
        BrowserPool pool = join(2);
        take(pool, "a");
        SlotLease b = take(pool, "b");
        enter(pool, "waiting");

        pool.operations().revoke("b", "for the test");

        assertThat(load(pool)).isEqualTo(new PoolStatus.Load(1, 1, 1, 0));
        assertThat(pool.status().available()).isZero();
        assertThat(pool.tryAcquire(request("try"))).isEmpty();
        b.close();
        assertThat(running(pool)).containsExactly("a", "waiting");
    }

    @Test
    void availableSaysHowManyCouldStartAtOnce() {
        BrowserPool pool = join(5);
        take(pool, "a");
        SlotLease b = take(pool, "b");

        assertThat(pool.status().available()).isEqualTo(3);
        b.close();
        assertThat(pool.status().available()).isEqualTo(4);
        pool.operations().pause("for the test");
        assertThat(pool.status().available()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aLimitBelowOneIsRefusedAndChangesNothing(int limit) {
        BrowserPool pool = join(2);

        assertThatThrownBy(() -> pool.operations().resize(limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxBrowsers is " + limit + ", it must be at least 1");
        assertThat(pool.status().limit().maxBrowsers()).isEqualTo(2);
    }

    private static PoolStatus.Load load(BrowserPool pool) {
        return pool.status().load();
    }
}
