package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.browserpool.BrowserPool;
import dev.browserpool.ExtensionRefusedException;
import dev.browserpool.LeaseLostException;
import dev.browserpool.OperationType;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotState;
import dev.browserpool.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A lease may be held for longer if its holder says so, up to what the pool allows in total. */
public abstract class ExtensionContract extends PoolContract {

    @Test
    void anExtendedLeaseExpiresLater() {
        BrowserPool pool = join(1);
        SlotLease lease = lease(pool, 10);
        Instant before = lease.slot().grant().orElseThrow().mustEndBy();

        Instant end = lease.extendBy(seconds(5));

        assertThat(end).isEqualTo(before.plusSeconds(5));
        assertThat(lease.slot().grant().orElseThrow().mustEndBy()).isEqualTo(end);
        time.advance(seconds(15).minus(INSTANT));
        assertThat(lease.isValid()).isTrue();
        time.advance(INSTANT);
        assertThat(lease.isValid()).isFalse();
        assertThat(state(pool, "a")).isEqualTo(SlotState.STOPPING);
    }

    @Test
    void theRecordOfAProfileShowsTheNewEnd() {
        BrowserPool pool = join(1);
        SlotLease lease = take(pool, exclusive("a", "shop"));

        Instant end = lease.extendBy(seconds(60));

        assertThat(pool.profiles().current("shop").get(0).mustEndBy()).isEqualTo(end);
    }

    @Test
    void extensionsAddUpToTheMaximumAndNoFurther() {
        BrowserPool pool = join(config(1).maxExtension(seconds(10)));
        SlotLease lease = lease(pool, 10);
        lease.extendBy(seconds(6));
        Instant end = lease.extendBy(seconds(4));

        ExtensionRefusedException e =
                catchThrowableOfType(ExtensionRefusedException.class, () -> lease.extendBy(INSTANT));

        assertThat(e.total()).isEqualTo(seconds(10).plus(INSTANT));
        assertThat(e.maximum()).isEqualTo(seconds(10));
        assertThat(e).hasMessageContaining("raise maxExtension");
        assertThat(lease.slot().grant().orElseThrow().mustEndBy()).isEqualTo(end);
        assertThat(lease.isValid()).isTrue();
    }

    @Test
    void extensionsOfSeveralThreadsAddUp() {
        BrowserPool pool = join(1);
        SlotLease lease = lease(pool, 10);
        Instant before = lease.slot().grant().orElseThrow().mustEndBy();

        List<CompletableFuture<Instant>> all = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> lease.extendBy(seconds(1))))
                .toList();
        all.forEach(CompletableFuture::join);

        assertThat(lease.slot().grant().orElseThrow().mustEndBy()).isEqualTo(before.plusSeconds(20));
    }

    @Test
    void anExtensionWhoseAnswerWasLostCountsOnce() {
        BrowserPool pool = join(1);
        SlotLease lease = lease(pool, 10);
        Instant before = lease.slot().grant().orElseThrow().mustEndBy();
        cluster.wire(pool).loseNextAnswerTo(Wire.Call.CHANGE);

        assertThatThrownBy(() -> lease.extendBy(seconds(5))).isInstanceOf(StoreUnavailableException.class);

        assertThat(lease.slot().grant().orElseThrow().mustEndBy()).isEqualTo(before.plusSeconds(5));
        assertThat(lease.extendBy(seconds(5))).as("said again").isEqualTo(before.plusSeconds(5));
        assertThat(lease.extendBy(seconds(1))).isEqualTo(before.plusSeconds(6));
    }

    @Test
    void whatHasEndedIsNotExtended() {
        BrowserPool pool = join(1);
        SlotLease closed = lease(pool, 10);
        closed.close();
        assertThatThrownBy(() -> closed.extendBy(seconds(1))).isInstanceOf(LeaseLostException.class);

        SlotLease revoked = lease(pool, 10);
        pool.operations().revoke("a", "for the test");
        assertThatThrownBy(() -> revoked.extendBy(seconds(1)))
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("REVOKED, for the test");
        assertThat(state(pool, "a")).isEqualTo(SlotState.STOPPING);
    }

    @Test
    void whatIsTakenBackByAnotherMemberIsNotExtended() {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        SlotLease lease = lease(pool, 10);
        cluster.wire(pool).dropSignals();
        other.operations().revoke("a", "for the test");

        assertThatThrownBy(() -> lease.extendBy(seconds(1))).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void aChildEndsWithItsParentHoweverFarItIsExtended() {
        BrowserPool pool = join(1);
        SlotLease parent = lease(pool, 10);
        SlotLease child = parent.child("child", OperationType.AGENT);
        Instant end = parent.slot().grant().orElseThrow().mustEndBy();

        assertThat(child.extendBy(seconds(60))).isEqualTo(end);
        parent.extendBy(seconds(5));
        assertThat(child.extendBy(seconds(1))).isEqualTo(end.plusSeconds(1));
    }

    @Test
    void onlyATimeThatIsPositiveExtends() {
        SlotLease lease = lease(join(1), 10);

        assertThatThrownBy(() -> lease.extendBy(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the extension of lease a is PT0S, it must be more than zero");
        lease.extendBy(seconds(1));
        assertThatThrownBy(() -> lease.extendBy(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(ExtensionRefusedException.class);
    }

    private SlotLease lease(BrowserPool pool, int seconds) {
        return take(pool, requestFor("a").maxDuration(seconds(seconds)).build());
    }
}
