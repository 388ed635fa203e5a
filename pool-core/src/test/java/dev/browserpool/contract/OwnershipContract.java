package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.browserpool.BrowserPool;
import dev.browserpool.LeaseLostException;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileHome;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileRecord;
import dev.browserpool.ProfileRecord.Kind;
import dev.browserpool.ProfileRule;
import dev.browserpool.ProfileStatus;
import dev.browserpool.ProfileView;
import dev.browserpool.ProxyMismatchException;
import dev.browserpool.RefusalReason;
import dev.browserpool.RequestCancelledException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.spi.SessionLease;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What stands in the record of an owner, what is left of it afterwards, where the profile is at home, by which proxy. */
public abstract class OwnershipContract extends PoolContract {

    @Test
    void theRecordSaysWhenTheOwnerGaveItsLastSignOfLifeAndWhenItCountsAsStale() {
        BrowserPool pool = join(1);
        BrowserPool other = join(1);
        Instant start = now();
        take(pool, exclusive("owner", "shop"));
        time.advance(seconds(15));
        cluster.cutOff(pool);
        time.advance(seconds(20));

        ProfileLock.Times times = other.profiles().current("shop").get(0).times();

        assertThat(times.acquiredAt()).isEqualTo(start);
        assertThat(times.heartbeatAt()).isEqualTo(start.plusSeconds(15));
        assertThat(times.leaseExpiresAt())
                .contains(start.plusSeconds(15).plus(Cluster.MEMBER_TTL).plus(STOP_GRACE));
        assertThat(times.mustEndBy()).isEqualTo(start.plus(Duration.ofHours(1)));
    }

    @Test
    void theLastCheckpointAndTheEvidenceOfAVanishedOwnerReachTheNext() {
        BrowserPool dead = join(2);
        BrowserPool pool = join(2);
        SessionLease owner = SessionLease.of(take(dead, exclusive("owner", "shop")));
        owner.checkpoint("logged in");
        owner.checkpoint("order placed");
        owner.evidence("/evidence/owner");
        CompletableFuture<SlotLease> next = enter(pool, exclusive("next", "shop"));
        assertThat(pool.profiles().current("shop").get(0).progress().checkpoint())
                .contains("order placed");
        cluster.cutOff(dead);

        time.advance(Cluster.MEMBER_TTL.plus(STOP_GRACE).plus(POLL));

        ProfileLock.Progress progress =
                granted(next).recoveredFrom().orElseThrow().progress();
        assertThat(progress)
                .isEqualTo(new ProfileLock.Progress(Optional.of("order placed"), Optional.of("/evidence/owner")));
    }

    @Test
    void aCheckpointOfWhichTheAnswerWasLostIsFollowedByTheNext() {
        BrowserPool pool = join(2);
        SessionLease owner = SessionLease.of(take(pool, exclusive("owner", "shop")));
        cluster.wire(pool).loseNextAnswerTo(Wire.Call.CHANGE);

        owner.checkpoint("first");
        owner.checkpoint("second\nline " + "x".repeat(300));

        assertThat(pool.profiles()
                        .current("shop")
                        .get(0)
                        .progress()
                        .checkpoint()
                        .orElseThrow())
                .startsWith("second line xxx")
                .hasSize(200)
                .endsWith("…");
    }

    @Test
    void theLastCheckpointBeforeTheReleaseIsNeverLost() {
        BrowserPool pool = join(2);
        SessionLease owner = SessionLease.of(take(pool, exclusive("owner", "shop")));
        cluster.wire(pool).shake(1, 1, 0);
        owner.checkpoint("the last one");
        cluster.wire(pool).shake(1, 0, 0);

        owner.close();

        assertThat(pool.profiles()
                        .history("shop", 1)
                        .get(0)
                        .ownership()
                        .orElseThrow()
                        .lock()
                        .progress()
                        .checkpoint())
                .contains("the last one");
    }

    @Test
    void everyOwnershipLeavesARecordOfHowItEnded() {
        BrowserPool pool = join(2);
        try (SlotLease lease = take(pool, exclusive("good", "shop"))) {
            lease.complete();
        }
        try (SlotLease lease = take(pool, exclusive("bad", "shop"))) {
            lease.fail(new IllegalStateException("a wrong password"));
        }
        SlotLease revoked = take(pool, exclusive("revoked", "shop"));
        pool.operations().revoke("revoked", "for the test");
        revoked.close();
        take(
                pool,
                requestFor("expired")
                        .maxDuration(seconds(5))
                        .profile(ProfileClaim.exclusive("shop"))
                        .build());
        time.advance(seconds(5).plus(STOP_GRACE));

        List<ProfileRecord> history = pool.profiles().history("shop", 10);

        assertThat(history)
                .extracting(
                        ProfileRecord::kind,
                        ProfileRecord::who,
                        r -> r.ownership().orElseThrow().ended())
                .containsExactly(
                        tuple(Kind.OWNED, "expired", SlotState.EXPIRED),
                        tuple(Kind.OWNED, "revoked", SlotState.REVOKED),
                        tuple(Kind.OWNED, "bad", SlotState.FAILED),
                        tuple(Kind.OWNED, "good", SlotState.COMPLETED));
        assertThat(history)
                .extracting(r -> r.ownership().orElseThrow().lock().status())
                .containsExactly(
                        ProfileStatus.STALE, ProfileStatus.RUNNING, ProfileStatus.RUNNING, ProfileStatus.RUNNING);
        assertThat(history.get(2).note()).contains("a wrong password");
        assertThat(history.get(0).note()).contains("its holder never confirmed");
        assertThat(history.get(0).at()).isEqualTo(now());
        assertThat(history.get(0).ownership().orElseThrow().lock().acquiredAt())
                .isEqualTo(now().minus(seconds(5).plus(STOP_GRACE)));
    }

    @Test
    void anOwnerThatDiedIsOnRecordToo() {
        BrowserPool dead = join(2);
        BrowserPool pool = join(2);
        SlotLease lease = take(dead, exclusive("owner", "shop"));
        String member = lease.slot().grant().orElseThrow().memberId();
        cluster.cutOff(dead);

        time.advance(Cluster.MEMBER_TTL.plus(STOP_GRACE).plus(POLL));
        take(pool, "moves the pool on").close();

        ProfileRecord.Ownership ownership =
                pool.profiles().history("shop", 1).get(0).ownership().orElseThrow();
        assertThat(ownership.ended()).isEqualTo(SlotState.LOST);
        assertThat(ownership.lock().owner().memberId()).isEqualTo(member);
    }

    @Test
    void whoeverNeverGotTheProfileIsNotOnRecord() {
        BrowserPool pool = join(1);
        take(pool, "holder");
        enter(pool, exclusive("a", "shop"));
        pool.cancel("a");

        assertThat(pool.profiles().history("shop", 10)).isEmpty();
    }

    @Test
    void historyIsAsShortAsItIsSaidToBe() {
        BrowserPool pool = join(config(1).historySize(3).historyRetention(seconds(60)));
        for (int i = 0; i < 5; i++) {
            take(pool, exclusive("r" + i, i == 2 ? "bank" : "shop")).close();
        }
        assertThat(pool.profiles().history("shop", 10))
                .extracting(ProfileRecord::who)
                .containsExactly("r4", "r3");
        assertThat(pool.profiles().history("bank", 10))
                .extracting(ProfileRecord::who)
                .containsExactly("r2");

        time.advance(seconds(61));
        assertThat(pool.profiles().history("shop", 10)).isEmpty();
    }

    @Test
    void theHomeOfAProfileIsWhereItWasOpenedLast() {
        BrowserPool pool = join(2);
        SessionLease first = SessionLease.of(take(pool, exclusive("first", "shop")));
        assertThat(first.home()).isEmpty();
        first.close();
        SessionLease second = SessionLease.of(take(pool, exclusive("second", "shop")));
        assertThat(second.home()).as("who never opened it moves nothing").isEmpty();

        second.opened();
        second.close();

        String host = second.profile().orElseThrow().owner().host();
        ProfileHome home = new ProfileHome(host, second.token());
        assertThat(pool.profiles().view("shop").home()).contains(home);
        assertThat(SessionLease.of(take(pool, exclusive("third", "shop"))).home())
                .contains(home);
    }

    @Test
    void onlyTheOwnerOpensIt() {
        BrowserPool pool = join(2);
        SessionLease lease = SessionLease.of(take(pool, exclusive("owner", "shop")));
        cluster.cutOff(pool);
        assertThatThrownBy(lease::opened).isInstanceOf(StoreUnavailableException.class);
        cluster.reconnect(pool);
        lease.close();

        assertThatThrownBy(lease::opened).isInstanceOf(LeaseLostException.class);
        assertThat(pool.profiles().view("shop").home()).isEmpty();
    }

    @Test
    void aRequestWithAnotherProxyIsRefusedAndOnRecord() {
        BrowserPool pool = join(2);
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withProxy("eu-1"));

        ProxyMismatchException e = failure(ProxyMismatchException.class, submit(pool, proxied("other", "us-7")));

        assertThat(e.profileId()).isEqualTo("shop");
        assertThat(e.asked()).isEqualTo("us-7");
        assertThat(e.required()).isEqualTo("eu-1");
        assertThat(pool.status().counts().refused()).containsEntry(RefusalReason.PROXY_MISMATCH, 1L);
        assertThat(pool.profiles().history("shop", 10))
                .extracting(ProfileRecord::kind, ProfileRecord::who, ProfileRecord::note)
                .containsExactly(tuple(Kind.REFUSED, "other", "it names proxy us-7, the profile is used through eu-1"));
        assertThat(pool.profiles().current("shop")).isEmpty();
    }

    @Test
    void aStormOfRequestsWithAnotherProxyDoesNotWashTheRecordsAway() {
        BrowserPool pool = join(config(2).historySize(5));
        take(pool, exclusive("worked", "bank")).close();
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withProxy("eu-1"));

        for (int i = 0; i < 20; i++) {
            failure(ProxyMismatchException.class, submit(pool, proxied("other " + i, "us-7")));
        }

        assertThat(pool.profiles().history("bank", 10)).hasSize(1);
        assertThat(pool.profiles().history("shop", 10)).hasSize(1);
    }

    @Test
    void whoeverNamesNoProxyGetsTheProfilesOwn() {
        BrowserPool pool = join(2);
        pool.profiles().setRule(ProfileRule.defaultFor("shop").withProxy("eu-1"));

        try (SlotLease lease = take(pool, exclusive("a", "shop"))) {
            assertThat(lease.profile().orElseThrow().owner().proxyId()).contains("eu-1");
        }
        try (SlotLease lease = take(pool, proxied("b", "eu-1"))) {
            assertThat(lease.profile().orElseThrow().owner().proxyId()).contains("eu-1");
        }
        assertThat(take(
                                pool,
                                requestFor("c")
                                        .proxyId("us-7")
                                        .profile(ProfileClaim.exclusive("bank"))
                                        .build())
                        .profile()
                        .orElseThrow()
                        .owner()
                        .proxyId())
                .contains("us-7");
    }

    @Test
    void aRuleThatDemandsAnotherProxyEndsWhoeverWaitsWithHisOwn() {
        BrowserPool pool = join(2);
        SlotLease owner = take(pool, proxied("owner", "us-7"));
        CompletableFuture<SlotLease> wrong = enter(pool, proxied("wrong", "us-7"));
        CompletableFuture<SlotLease> any = enter(pool, exclusive("any", "shop"));

        join(2).profiles().setRule(ProfileRule.defaultFor("shop").withProxy("eu-1"));

        assertThat(failure(RequestCancelledException.class, wrong))
                .hasMessageContaining("the rule of profile shop now demands proxy eu-1, not us-7");
        owner.close();
        assertThat(granted(any).profile().orElseThrow().owner().proxyId()).contains("eu-1");
    }

    @Test
    void aViewShowsAllThatIsKnownOfAProfile() {
        BrowserPool pool = join(2);
        ProfileRule rule = ProfileRule.defaultFor("shop").withMaxActive(2);
        pool.profiles().setRule(rule);
        assertThat(pool.profiles().views()).as("a rule alone is no news").isEmpty();
        take(pool, shared("a", "shop"));
        take(pool, shared("b", "shop"));
        enter(pool, exclusive("c", "shop"));
        pool.profiles().quarantine("bank", "for the test");

        ProfileView view = pool.profiles().view("shop");

        assertThat(view.owners()).extracting(lock -> lock.owner().requestId()).containsExactly("a", "b");
        assertThat(view.waiting()).isEqualTo(1);
        assertThat(view.rule()).isEqualTo(rule);
        assertThat(pool.profiles().views()).extracting(ProfileView::profileId).containsExactly("bank", "shop");
        assertThat(pool.profiles().view("unheard-of").status()).isEmpty();
    }

    private static SlotRequest proxied(String id, String proxy) {
        return requestFor(id)
                .proxyId(proxy)
                .profile(ProfileClaim.exclusive("shop"))
                .build();
    }

    private Instant now() {
        return time.wall().truncatedTo(ChronoUnit.MILLIS);
    }
}
