package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolEvent;
import dev.browserpool.ProfileBlock;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.ProfileQuarantinedException;
import dev.browserpool.ProfileRecord;
import dev.browserpool.ProfileRecord.Kind;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How people take part: they check profiles out and in, put them in quarantine, clear them; all of it is on record. */
public abstract class PeopleContract extends PoolContract {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aPersonTakesAnIdleProfileWithoutASlotAndAheadOfTheLine() {
        BrowserPool pool = join(1);
        SlotLease holder = take(pool, "holder");
        CompletableFuture<SlotLease> waiting = enter(pool, exclusive("waiting", "shop"));

        ProfileBlock block = pool.profiles().checkOut("shop", "ann", "a code by text message", HOUR);
        holder.close();

        assertThat(block.status()).isEqualTo(ProfileStatus.CHECKED_OUT);
        assertThat(block.who()).isEqualTo("ann");
        assertThat(block.until()).contains(now().plus(HOUR));
        assertThat(waiting).isNotDone();
        assertThat(pool.status().load().used()).isZero();
        assertThat(take(pool, "others go on").isValid()).isTrue();
    }

    @Test
    void aCheckInLetsTheLineGoOn() {
        BrowserPool pool = join(1);
        pool.profiles().checkOut("shop", "ann", "to look", HOUR);
        CompletableFuture<SlotLease> waiting = enter(pool, exclusive("waiting", "shop"));

        assertThat(pool.profiles().checkIn("shop", "ben", "not his")).isFalse();
        assertThat(waiting).isNotDone();
        assertThat(pool.profiles().checkIn("shop", "ann", "logged in anew")).isTrue();

        assertThat(granted(waiting).isValid()).isTrue();
        assertThat(pool.profiles().checkIn("shop", "ann", "again")).isFalse();
    }

    @Test
    void aCheckOutEndsByItsOwnDeadline() {
        BrowserPool pool = join(1);
        pool.profiles().checkOut("shop", "ann", "to look", HOUR);
        CompletableFuture<SlotLease> waiting = enter(
                pool,
                requestFor("waiting")
                        .timeout(HOUR.multipliedBy(3))
                        .profile(claim())
                        .build());

        assertThat(pool.profiles().extendCheckOut("shop", "ann", HOUR.multipliedBy(2)))
                .isEqualTo(now().plus(HOUR.multipliedBy(2)));
        time.advance(HOUR.multipliedBy(2).minus(INSTANT));
        assertThat(waiting).isNotDone();
        time.advance(INSTANT.plus(POLL));

        assertThat(granted(waiting).isValid()).isTrue();
        assertThat(pool.profiles().history("shop", 10))
                .extracting(ProfileRecord::kind)
                .containsExactly(Kind.CHECKED_IN, Kind.EXTENDED, Kind.CHECKED_OUT);
        assertThat(pool.profiles().history("shop", 1).get(0).note()).isEqualTo("its time was over");
    }

    @Test
    void aCheckOutOutlivesTheProgramThatMadeIt() {
        BrowserPool pool = join(1);
        BrowserPool console = join(1);
        console.profiles().checkOut("shop", "ann", "to look", HOUR);
        console.close();
        time.advance(Cluster.MEMBER_TTL.plus(STOP_GRACE).multipliedBy(2));

        assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.CHECKED_OUT);
        assertThat(pool.profiles().checkIn("shop", "ann", "from elsewhere")).isTrue();
    }

    @Test
    void aBusyProfileIsAConflictForAPersonToo() {
        BrowserPool pool = join(1);
        SlotLease owner = take(pool, exclusive("owner", "shop"));

        ProfileConflictException e = catchThrowableOfType(
                ProfileConflictException.class, () -> pool.profiles().checkOut("shop", "ann", "to look", HOUR));

        assertThat(e.current().orElseThrow().owner().requestId()).isEqualTo("owner");
        assertThat(e).hasMessageStartingWith("ann can't have profile shop: it is RUNNING with owner");
        owner.close();
        assertThat(pool.profiles().checkOut("shop", "ann", "to look", HOUR).who())
                .isEqualTo("ann");
    }

    @Test
    void anotherPersonsCheckOutIsAConflictTheOwnOneIsSetAnew() {
        BrowserPool pool = join(1);
        pool.profiles().checkOut("shop", "ann", "to look", HOUR);

        ProfileConflictException e = catchThrowableOfType(
                ProfileConflictException.class, () -> pool.profiles().checkOut("shop", "ben", "me too", HOUR));
        assertThat(e.block().map(ProfileBlock::who)).contains("ann");
        assertThatThrownBy(() -> pool.profiles().extendCheckOut("shop", "ben", HOUR))
                .isInstanceOf(ProfileConflictException.class)
                .hasMessageStartingWith("ben does not have profile shop, which is CHECKED_OUT by ann");
        assertThatThrownBy(() -> pool.profiles().extendCheckOut("bank", "ben", HOUR))
                .hasMessage("ben does not have profile bank; check it out again");

        ProfileBlock anew = pool.profiles().checkOut("shop", "ann", "longer", HOUR.multipliedBy(2));
        assertThat(anew.until()).contains(now().plus(HOUR.multipliedBy(2)));
        assertThat(pool.profiles().view("shop").blocks()).containsExactly(anew);
    }

    @Test
    void aCheckedOutProfileRefusesWhoeverDoesNotWait() {
        BrowserPool pool = join(1);
        pool.profiles().checkOut("shop", "ann", "to look", HOUR);

        ProfileConflictException e = failure(
                ProfileConflictException.class, submit(pool, ProfileContract.refusing(exclusive("second", "shop"))));

        assertThat(e.current()).isEmpty();
        assertThat(e.freeAt()).contains(now().plus(HOUR));
        assertThat(e).hasMessageContaining("is CHECKED_OUT by ann").hasMessageContaining("(to look)");
        assertThat(pool.tryAcquire(exclusive("third", "shop"))).isEmpty();
    }

    @Test
    void aTimeoutSaysThatAPersonHasTheProfile() {
        BrowserPool pool = join(1);
        pool.profiles().checkOut("shop", "ann", "to look", HOUR);
        CompletableFuture<SlotLease> waiting = enter(
                pool, requestFor("waiting").timeout(seconds(5)).profile(claim()).build());

        time.advance(seconds(5));

        SlotTimeoutException e = failure(SlotTimeoutException.class, waiting);
        assertThat(e.profileBlock().map(ProfileBlock::who)).contains("ann");
        assertThat(e).hasMessageContaining("the profile is CHECKED_OUT by ann");
    }

    @Test
    void aQuarantineLetsThePresentOwnerEndAndNobodyElseBegin() {
        BrowserPool pool = join(2);
        SlotLease owner = take(pool, exclusive("owner", "shop"));
        CompletableFuture<SlotLease> waiting = enter(pool, exclusive("waiting", "shop"));

        assertThat(pool.profiles().quarantine("shop", "monitor", "two logins failed"))
                .isTrue();
        assertThat(pool.profiles().quarantine("shop", "again")).isFalse();

        assertThat(owner.isValid()).isTrue();
        owner.close();
        assertThat(waiting).isNotDone();
        assertThat(pool.tryAcquire(exclusive("try", "shop"))).isEmpty();
        ProfileQuarantinedException e = failure(
                ProfileQuarantinedException.class, submit(pool, ProfileContract.refusing(exclusive("second", "shop"))));
        assertThat(e.quarantine().who()).isEqualTo("monitor");
        assertThat(e.quarantine().why()).isEqualTo("two logins failed");

        assertThat(pool.profiles().clear("shop", "ann", "a typing error")).isTrue();
        assertThat(granted(waiting).isValid()).isTrue();
    }

    @Test
    void aQuarantinedProfileCanBeCheckedOutToRepairIt() {
        BrowserPool pool = join(1);
        pool.profiles().quarantine("shop", "for the test");

        pool.profiles().checkOut("shop", "ann", "to repair it", HOUR);
        pool.profiles().checkIn("shop", "ann", "repaired");

        assertThat(pool.profiles().view("shop").status()).contains(ProfileStatus.QUARANTINED);
    }

    @Test
    void everythingThatPeopleDoIsOnRecord() {
        BrowserPool pool = join(1);
        pool.profiles().quarantine("shop", "monitor", "two logins failed");
        time.advance(seconds(10));
        pool.profiles().checkOut("shop", "ann", "to look", HOUR);
        pool.profiles().checkIn("shop", "ann", "logged in anew");
        pool.profiles().clear("shop", "ann", "in order");

        List<ProfileRecord> history = pool.profiles().history("shop", 10);

        assertThat(history)
                .extracting(ProfileRecord::kind, ProfileRecord::who, ProfileRecord::note)
                .containsExactly(
                        tuple(Kind.CLEARED, "ann", "in order"),
                        tuple(Kind.CHECKED_IN, "ann", "logged in anew"),
                        tuple(Kind.CHECKED_OUT, "ann", "to look"),
                        tuple(Kind.QUARANTINED, "monitor", "two logins failed"));
        assertThat(history.get(3).at()).isEqualTo(now().minusSeconds(10));
        assertThat(pool.profiles().history("shop", 2)).hasSize(2).first().isEqualTo(history.get(0));
        assertThat(pool.profiles().history("bank", 10)).isEmpty();
    }

    @Test
    void whatPeopleDoThroughThisMemberIsAnEvent() {
        BrowserPool pool = join(1);
        Heard heard = Heard.of(pool);

        pool.profiles().checkOut("shop", "ann", "to look", HOUR);
        pool.profiles().checkIn("shop", "ann", "done");
        pool.profiles().checkIn("shop", "ann", "nothing to do");
        pool.profiles().quarantine("shop", "for the test");

        await().untilAsserted(() -> assertThat(heard.all(PoolEvent.ProfileChanged.class))
                .extracting(e -> e.record().kind())
                .containsExactly(Kind.CHECKED_OUT, Kind.CHECKED_IN, Kind.QUARANTINED));
    }

    @Test
    void whatIsNoNameOrNoTimeIsRefusedAndChangesNothing() {
        BrowserPool pool = join(1);

        assertThatThrownBy(() -> pool.profiles().checkOut("../x", "ann", "why", HOUR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("never a path");
        assertThatThrownBy(() -> pool.profiles().checkOut("shop", " ", "why", HOUR))
                .hasMessageContaining("who is blank");
        assertThatThrownBy(() -> pool.profiles().checkOut("shop", "ann", "why", Duration.ZERO))
                .hasMessageContaining("howLong is PT0S, it must be more than zero");
        assertThatThrownBy(() -> pool.profiles().clear("shop", "ann", "a\nb"))
                .hasMessageContaining("control character");
        assertThatThrownBy(() -> pool.profiles().history("shop", -1)).hasMessageContaining("limit is -1");
        assertThat(pool.profiles().views()).isEmpty();
        assertThat(pool.profiles().history("shop", 10)).isEmpty();
    }

    private static ProfileClaim claim() {
        return ProfileClaim.exclusive("shop");
    }

    private Instant now() {
        return time.wall().truncatedTo(ChronoUnit.MILLIS);
    }
}
