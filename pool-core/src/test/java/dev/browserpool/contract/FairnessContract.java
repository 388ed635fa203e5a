package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotState;
import dev.browserpool.SlotTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A free slot goes to the oldest request that can run now. */
public abstract class FairnessContract extends PoolContract {

    @Test
    void requestsAreServedInTheOrderOfTheirArrivalOverAllMembers() {
        List<BrowserPool> members = List.of(join(1), join(1), join(1));
        SlotLease current = take(members.get(0), "first");
        List<CompletableFuture<SlotLease>> waiting = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            waiting.add(enter(members.get((i * 7) % 3), "r" + i));
        }

        for (int i = 0; i < 30; i++) {
            current.close();
            assertThat(running(members.get(0))).containsExactly("r" + i);
            current = granted(waiting.get(i));
        }
    }

    @Test
    void aNewcomerNeverOvertakesWhoeverWaits() {
        BrowserPool pool = join(1);
        SlotLease holder = take(pool, "holder");
        enter(pool, "old");
        assertThat(pool.tryAcquire(request("try"))).isEmpty();
        enter(pool, "new");

        holder.close();

        assertThat(running(pool)).containsExactly("old");
        assertThat(line(pool)).containsExactly("new");
    }

    @Test
    void aTryDoesNotOvertakeWhoeverWaitsForAPausedPool() {
        BrowserPool pool = join(2);
        pool.operations().pause("for the test");
        enter(pool, "old");

        assertThat(pool.tryAcquire(request("try"))).isEmpty();
        assertThat(line(pool)).containsExactly("old");
        assertThat(pool.slot("try")).as("a try leaves no trace").isEmpty();

        pool.operations().resume();
        assertThat(running(pool)).containsExactly("old");
    }

    @Test
    void aTryTakesWhatIsFree() {
        BrowserPool pool = join(1);

        SlotLease lease = pool.tryAcquire(request("try")).orElseThrow();

        assertThat(running(pool)).containsExactly("try");
        lease.close();
    }

    @Test
    void whoeverWaitsForAProfileDoesNotBlockThoseBehind() {
        BrowserPool pool = join(2);
        take(pool, exclusive("owner", "shop"));
        enter(pool, exclusive("blocked", "shop"));

        take(pool, "behind");

        assertThat(running(pool)).containsExactly("owner", "behind");
        assertThat(line(pool)).containsExactly("blocked");
    }

    @Test
    void anArrivalNumberIsKeptWhileTheProfileIsTaken() {
        BrowserPool pool = join(2);
        SlotLease owner = take(pool, exclusive("owner", "shop"));
        SlotLease other = take(pool, "other");
        enter(pool, exclusive("oldest", "shop"));
        enter(pool, "younger");
        enter(pool, "youngest");

        owner.close();
        assertThat(running(pool)).containsExactly("other", "oldest");

        other.close();
        assertThat(running(pool)).containsExactly("oldest", "younger");
    }

    @Test
    void aYoungerRequestRunsBeforeAnOlderOneWhoseProfileIsTaken() {
        BrowserPool pool = join(2);
        take(pool, exclusive("owner", "shop"));
        SlotLease other = take(pool, "other");
        enter(pool, exclusive("oldest", "shop"));
        enter(pool, "younger");

        other.close();

        assertThat(running(pool)).containsExactly("owner", "younger");
        assertThat(line(pool)).containsExactly("oldest");
    }

    @Test
    void requestsOfOneProfileAreServedInTheOrderOfTheirArrival() {
        List<BrowserPool> members = List.of(join(3), join(3));
        SlotLease current = take(members.get(0), exclusive("first", "shop"));
        List<CompletableFuture<SlotLease>> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(enter(members.get(i % 2), exclusive("r" + i, "shop")));
        }

        for (int i = 0; i < 10; i++) {
            current.close();
            assertThat(running(members.get(1))).containsExactly("r" + i);
            current = granted(waiting.get(i));
        }
    }

    @Test
    void aRequestThatLeavesTheLineChangesNobodysOrder() {
        BrowserPool pool = join(1);
        SlotLease holder = take(pool, "holder");
        enter(pool, "a");
        CompletableFuture<SlotLease> b = enter(pool, "b");
        enter(pool, "c");
        enter(pool, "d");

        pool.cancel("a");
        assertThat(line(pool)).containsExactly("b", "c", "d");
        holder.close();
        assertThat(running(pool)).containsExactly("b");
        pool.cancel("c");
        granted(b).close();

        assertThat(running(pool)).containsExactly("d");
    }

    @Test
    void aHeadThatTimesOutLetsTheNextOneBeServed() {
        BrowserPool pool = join(1);
        SlotLease holder = take(pool, "holder");
        CompletableFuture<SlotLease> head =
                enter(pool, requestFor("head").timeout(seconds(10)).build());
        enter(pool, "next");

        time.advance(seconds(10));
        failure(SlotTimeoutException.class, head);
        holder.close();

        assertThat(running(pool)).containsExactly("next");
        assertThat(state(pool, "head")).isEqualTo(SlotState.TIMED_OUT);
    }

    @Test
    void theHeadOfAProfilesLineThatLeavesMakesRoomForTheNext() {
        BrowserPool pool = join(3);
        take(pool, shared("owner", "shop"));
        pool.profiles().setRule(pool.profiles().rule("shop").withMaxActive(2));
        enter(pool, exclusive("head", "shop"));
        enter(pool, shared("next", "shop"));

        pool.cancel("head");

        assertThat(running(pool)).containsExactly("owner", "next");
    }

    @Test
    void oneFreedSlotStartsOneRequestOnly() {
        BrowserPool pool = join(3);
        SlotLease a = take(pool, "a");
        take(pool, "b");
        take(pool, "c");
        enter(pool, "d");
        enter(pool, "e");

        a.close();

        assertThat(running(pool)).containsExactly("b", "c", "d");
        assertThat(line(pool)).containsExactly("e");
    }
}
