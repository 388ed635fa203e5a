package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.browserpool.AdmissionGate;
import dev.browserpool.AdmissionRefusedException;
import dev.browserpool.BrowserPool;
import dev.browserpool.HostOverloadedException;
import dev.browserpool.OperationType;
import dev.browserpool.PoolEvent;
import dev.browserpool.RefusalReason;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.spi.SessionLease;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Gates are asked before the line, and again before a browser starts. */
public abstract class AdmissionContract extends PoolContract {
    private static final AdmissionGate.Objection FULL =
            new AdmissionGate.Objection("97 % of the memory is used", "at most 90 %", "try later", true);
    private static final AdmissionGate.Objection NIGHT =
            AdmissionGate.Objection.of("it is 3 o'clock", "from 6 to 22 o'clock", "come back in the morning");

    private final AtomicReference<Optional<AdmissionGate.Objection>> objection =
            new AtomicReference<>(Optional.empty());

    private final class Door implements AdmissionGate {
        @Override
        public Optional<Objection> objection(SlotRequest request) {
            return objection.get();
        }
    }

    private BrowserPool gated() {
        return join(config(1).gate(new Door()));
    }

    @Test
    void anOverloadedHostRefusesWithReadingLimitAndCure() {
        BrowserPool pool = gated();
        Heard heard = Heard.of(pool);
        objection.set(Optional.of(FULL));

        HostOverloadedException refused =
                catchThrowableOfType(HostOverloadedException.class, () -> pool.acquire(request("a")));

        assertThat(refused.requestId()).isEqualTo("a");
        assertThat(refused.gate()).isEqualTo("Door");
        assertThat(refused.objection()).isEqualTo(FULL);
        assertThat(refused)
                .hasMessage(
                        "request a was refused by Door: 97 % of the memory is used, allowed is at most 90 %; try later");
        assertThat(heard.one(PoolEvent.Refused.class).reason()).isEqualTo(RefusalReason.HOST_OVERLOADED);
        assertThat(pool.status().counts().refused()).containsEntry(RefusalReason.HOST_OVERLOADED, 1L);
        assertThat(pool.slot("a")).isEmpty();
        objection.set(Optional.empty());
        take(pool, "a");
    }

    @Test
    void aGateOfTheUsersOwnIsNoOverload() {
        BrowserPool pool = gated();
        objection.set(Optional.of(NIGHT));

        AdmissionRefusedException refused = failure(AdmissionRefusedException.class, submit(pool, request("a")));

        assertThat(refused).isNotInstanceOf(HostOverloadedException.class);
        assertThatThrownBy(() -> pool.tryAcquire(request("b"))).isInstanceOf(AdmissionRefusedException.class);
        assertThat(pool.status().counts().refused()).containsEntry(RefusalReason.GATE_CLOSED, 2L);
    }

    @Test
    void aGateThatThrowsLetsNobodyInAndSaysSo() {
        IllegalStateException broken = new IllegalStateException("no connection to the calendar");
        BrowserPool pool = join(config(1).gate(request -> {
            throw broken;
        }));

        AdmissionRefusedException refused =
                catchThrowableOfType(AdmissionRefusedException.class, () -> pool.acquire(request("a")));

        assertThat(refused).hasCause(broken).hasMessageContaining("no connection to the calendar");
    }

    @Test
    void thereMayBeSeveralAndTheFirstThatObjectsIsNamed() {
        BrowserPool pool = join(config(1).gate(request -> Optional.empty()).gate(new Door()));
        objection.set(Optional.of(NIGHT));

        assertThat(catchThrowableOfType(AdmissionRefusedException.class, () -> pool.acquire(request("a")))
                        .gate())
                .isEqualTo("Door");
    }

    @Test
    void whoIsInTheLineIsNotAskedAgainAndAChildIsNeverAsked() {
        BrowserPool pool = gated();
        SlotLease parent = take(pool, "parent");
        var waiting = enter(pool, "waiting");
        objection.set(Optional.of(FULL));

        parent.child("child", OperationType.TEST_RUN).close();
        parent.close();

        assertThat(granted(waiting).isValid()).isTrue();
    }

    @Test
    void aSessionAsksAgainBeforeItsBrowserStarts() {
        BrowserPool pool = gated();
        SessionLease lease = SessionLease.of(take(pool, "a"));
        lease.admit();
        objection.set(Optional.of(FULL));

        assertThatThrownBy(lease::admit).isInstanceOf(HostOverloadedException.class);

        assertThat(lease.isValid()).isTrue();
        assertThat(pool.status().counts().refused()).isEmpty();
    }
}
