package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.browserpool.BrowserPool;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolEvent.ProfileConflict;
import dev.browserpool.PoolEvent.ProfileConflict.Decision;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.ProfileBlock;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileConflictException;
import dev.browserpool.QueueFullException;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Every attempt that meets a profile in other hands is told once: as an event, and as a line in the log with fixed names. */
public abstract class ConflictContract extends PoolContract {

    @Test
    void theLineInTheLogNamesWhoIsBlockedByWhomAndWhatFollows() {
        BrowserPool pool = join(2);
        take(
                pool,
                requestFor("owner")
                        .taskId("task_1")
                        .workerId("worker_1")
                        .maxDuration(seconds(900))
                        .profile(ProfileClaim.exclusive("shop"))
                        .build());
        time.advance(seconds(100));

        try (LogCapture log = LogCapture.from(Level.INFO)) {
            enter(pool, task("blocked", "task_2"));

            assertThat(log.pairsOf("profile conflict"))
                    .containsExactly(Map.of(
                            "event", "profile_conflict",
                            "profile_id", "shop",
                            "blocked_task_id", "task_2",
                            "current_task_id", "task_1",
                            "current_worker_id", "worker_1",
                            "decision", "wait",
                            "next_check_seconds", 800L,
                            "detected_by", "ledger"));
        }
    }

    @Test
    void aLineWithoutAnOwnerLeavesEmptyWhatNobodyKnows() {
        BrowserPool pool = join(1);
        take(pool, "holder");
        enter(pool, task("first", "task_1"));

        try (LogCapture log = LogCapture.from(Level.INFO)) {
            failure(
                    ProfileConflictException.class,
                    submit(pool, ProfileContract.refusing(exclusive("second", "shop"))));

            assertThat(log.pairsOf("profile conflict"))
                    .containsExactly(Map.of(
                            "event", "profile_conflict",
                            "profile_id", "shop",
                            "blocked_task_id", "second",
                            "current_task_id", "",
                            "current_worker_id", "",
                            "decision", "refuse",
                            "next_check_seconds", "",
                            "detected_by", "ledger"));
        }
    }

    @Test
    void aPersonWhoHasTheProfileIsTheOneWhoBlocks() {
        BrowserPool pool = join(1);
        pool.profiles().checkOut("shop", "ann", "to look", Duration.ofMinutes(10));
        Heard heard = Heard.of(pool);

        try (LogCapture log = LogCapture.from(Level.INFO)) {
            enter(pool, exclusive("blocked", "shop"));

            assertThat(log.pairsOf("profile conflict").get(0))
                    .containsEntry("current_worker_id", "ann")
                    .containsEntry("next_check_seconds", 600L);
        }
        ProfileConflict conflict = heard.one(ProfileConflict.class);
        assertThat(conflict.block().map(ProfileBlock::who)).contains("ann");
        assertThat(conflict.nextCheck())
                .contains(time.wall().truncatedTo(ChronoUnit.MILLIS).plusSeconds(600));
        assertThat(conflict.detectedBy()).isEqualTo(Detector.LEDGER);
    }

    @Test
    void aTryThatMeetsAnOwnerIsOneConflict() {
        BrowserPool pool = join(2);
        take(pool, exclusive("owner", "shop"));
        Heard heard = Heard.of(pool);

        assertThat(pool.tryAcquire(exclusive("try", "shop"))).isEmpty();
        take(pool, "witness").close();

        heard.untilEndOf("witness");
        assertThat(heard.one(ProfileConflict.class).decision()).isEqualTo(Decision.REFUSE);
    }

    @Test
    void aFullLineIsAConflictOnlyIfTheProfileWasNotToBeHad() {
        BrowserPool pool = join(config(1).maxQueued(1));
        take(pool, exclusive("owner", "shop"));
        enter(pool, exclusive("waits", "shop"));
        Heard heard = Heard.of(pool);

        failure(QueueFullException.class, submit(pool, exclusive("too many", "shop")));
        failure(QueueFullException.class, submit(pool, exclusive("too many for a slot", "bank")));

        await().until(() -> heard.all(PoolEvent.Refused.class).size() == 2);
        assertThat(heard.one(ProfileConflict.class).blocked().requestId()).isEqualTo("too many");
    }

    @Test
    void aRequestThatIsSentAgainAfterItsMemberWasGivenUpIsStillOneConflict() {
        BrowserPool pool = join(2);
        BrowserPool other = join(2);
        SlotLease owner = take(other, exclusive("owner", "shop"));
        Heard heard = Heard.of(pool);
        CompletableFuture<SlotLease> blocked = submit(
                pool,
                requestFor("blocked").profile(ProfileClaim.exclusive("shop")).build());
        heard.until(ProfileConflict.class);
        cluster.cutOff(pool);
        time.advance(Cluster.MEMBER_TTL.plus(POLL));
        cluster.reconnect(pool);
        time.advance(Cluster.MEMBER_TTL);
        assertThat(line(other)).containsExactly("blocked");

        owner.close();
        granted(blocked).close();

        heard.untilEndOf("blocked");
        assertThat(heard.all(ProfileConflict.class)).hasSize(1);
    }

    @Test
    void nobodyHasToListenForTheLineToBeWritten() {
        BrowserPool pool = join(5);
        take(pool, exclusive("owner", "shop"));

        try (LogCapture log = LogCapture.from(Level.INFO)) {
            for (int i = 0; i < 3; i++) {
                enter(pool, exclusive("blocked " + i, "shop"));
                assertThat(pool.tryAcquire(exclusive("try " + i, "shop"))).isEmpty();
            }

            List<Map<String, Object>> lines = log.pairsOf("profile conflict");
            assertThat(lines)
                    .extracting(line -> line.get("decision"))
                    .containsExactly("wait", "refuse", "wait", "refuse", "wait", "refuse");
        }
    }

    private static SlotRequest task(String id, String task) {
        return requestFor(id)
                .taskId(task)
                .profile(ProfileClaim.exclusive("shop"))
                .build();
    }
}
