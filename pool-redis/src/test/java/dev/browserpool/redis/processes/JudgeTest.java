package dev.browserpool.redis.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge objects to what is wrong, and to nothing else. Times in ms: members live for 2000, the stop grace is 500. */
class JudgeTest {
    private final Judge judge = new Judge(1, Timing.SHORT, false);

    private Verdict judge(WorkerLogs... logs) {
        return judge.judge(Arrays.stream(logs).map(WorkerLogs::log).toList(), List.of());
    }

    @Test
    void leasesThatFollowEachOtherAreAsTheyShouldBe() {
        Verdict verdict = judge(
                WorkerLogs.of("a").holds(0, 1, 10, "a1", 1), WorkerLogs.of("b").holds(0, 12, 20, "b1", 2));

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.grants()).isEqualTo(2);
        assertThat(verdict.mostAtOnce()).isEqualTo(1);
        assertThat(verdict.longestWait()).isEqualTo(Duration.ofMillis(12));
    }

    @Test
    void moreLeasesThanThereMayBeAreNamed() {
        Verdict verdict = judge(
                WorkerLogs.of("a").holds(0, 1, 10, "a1", 1), WorkerLogs.of("b").holds(0, 9, 20, "b1", 2));

        assertThat(verdict.violations())
                .anyMatch(line -> line.startsWith("2 leases valid at once, of 1")
                        && line.contains("a1, token 1")
                        && line.contains("b1, token 2"));
    }

    @Test
    void twoOwnersOfOneProfileAreOneTooMany() {
        Judge ofTwo = new Judge(2, Timing.SHORT, false);
        WorkerLogs a =
                WorkerLogs.of("a").asksFor("shop", 0, "a1").gets(1, "a1", 1).returns(10, "a1");
        WorkerLogs b =
                WorkerLogs.of("b").asksFor("shop", 0, "b1").gets(9, "b1", 2).returns(20, "b1");

        assertThat(ofTwo.judge(List.of(a.log(), b.log()), List.of()).violations())
                .anyMatch(line -> line.startsWith("2 owners of shop valid at once"))
                .noneMatch(line -> line.contains("leases"));
    }

    @Test
    void aTokenThatRepeatsIsFound() {
        assertThat(judge(
                                WorkerLogs.of("a").holds(0, 1, 10, "a1", 7),
                                WorkerLogs.of("b").holds(0, 12, 20, "b1", 7))
                        .violations())
                .containsExactly("a token twice: a1, token 7; and b1, token 7");
    }

    @Test
    void aTokenThatShrinksIsFoundIfTheOneWasSeenBeforeTheOtherWasAskedFor() {
        WorkerLogs first = WorkerLogs.of("a").holds(0, 1, 10, "a1", 7);

        assertThat(judge(first, WorkerLogs.of("b").holds(2, 12, 20, "b1", 6)).violations())
                .containsExactly("a token shrank: b1, token 6, asked for after a1, token 7 was granted");
        assertThat(judge(first, WorkerLogs.of("b").holds(0, 12, 20, "b1", 6)).violations())
                .isEmpty();
    }

    @Test
    void aLeaseIsValidUntilItsLossIsTold() {
        WorkerLogs a = WorkerLogs.of("a")
                .asks(0, "a1")
                .gets(1, "a1", 1)
                .hearsOfLoss(10, "a1")
                .findsInvalid(14, "a1", 9)
                .returns(100, "a1");

        Verdict verdict = new Judge(1, Timing.SHORT, true)
                .judge(
                        List.of(
                                a.log(),
                                WorkerLogs.of("b").holds(0, 11, 20, "b1", 2).log()),
                        List.of());

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.taken()).isEqualTo(1);
    }

    @Test
    void aStoppedProcessHoldsItsLeaseToTheEndOfLocalValidityThoughItCannotLook() {
        WorkerLogs stopped = WorkerLogs.of("a")
                .trusts(1, 1_800)
                .asks(2, "a1")
                .gets(3, "a1", 1)
                .findsInvalid(5_000, "a1", 50)
                .hearsOfLoss(5_001, "a1")
                .returns(5_002, "a1");

        assertThat(judge(stopped, WorkerLogs.of("b").holds(10, 1_700, 1_750, "b1", 2))
                        .violations())
                .anyMatch(line -> line.startsWith("2 leases valid at once"));
        Verdict later = judge(stopped, WorkerLogs.of("b").holds(10, 2_600, 2_700, "b1", 2));
        assertThat(later.violations()).isEmpty();
        assertThat(later.lapsed()).isEqualTo(1);
    }

    @Test
    void theSlotOfASilentHolderMustNotPassOnBeforeItsTime() {
        WorkerLogs killed = WorkerLogs.of("a")
                .trusts(1, 1_800)
                .asks(2, "a1")
                .gets(3, "a1", 1)
                .isKilled(50);

        assertThat(judge(killed, WorkerLogs.of("b").holds(10, 2_400, 2_450, "b1", 2))
                        .violations())
                .singleElement()
                .asString()
                .startsWith("2 leases kept at once");
        assertThat(judge(killed, WorkerLogs.of("b").holds(10, 2_501, 2_550, "b1", 2))
                        .violations())
                .isEmpty();
    }

    @Test
    void aLeaseThatCameTooLateWasNeverValid() {
        WorkerLogs late = WorkerLogs.of("a")
                .trusts(1, 1_800)
                .asks(2, "a1")
                .gets(5_000, "a1", 1)
                .findsInvalid(5_001, "a1", 5_000)
                .returns(5_002, "a1");

        assertThat(judge(late, WorkerLogs.of("b").holds(4_000, 4_500, 5_500, "b1", 2))
                        .violations())
                .isEmpty();
    }

    @Test
    void whoeverWaitsBesideAFreeSlotIsFound() {
        WorkerLogs a = WorkerLogs.of("a").holds(0, 1, 10, "a1", 1);
        WorkerLogs b = WorkerLogs.of("b").holds(5, 5_200, 5_300, "b1", 2);

        assertThat(judge(a, b).violations())
                .singleElement()
                .asString()
                .startsWith("b1, token 2 waited for 5190 ms although there was room");
        assertThat(judge.judge(
                                List.of(a.log(), b.log()),
                                List.of(new Disturbance(WorkerLogs.nanos(20), WorkerLogs.nanos(1_000), "b")))
                        .violations())
                .as("it could not be reached meanwhile")
                .isEmpty();
    }

    @Test
    void whoeverWaitsForATakenProfileHasNoRoom() {
        Judge ofTwo = new Judge(2, Timing.SHORT, false);
        WorkerLogs owner =
                WorkerLogs.of("a").asksFor("shop", 0, "a1").gets(1, "a1", 1).returns(8_000, "a1");
        WorkerLogs next =
                WorkerLogs.of("b").asksFor("shop", 2, "b1").gets(8_010, "b1", 2).returns(8_020, "b1");

        assertThat(ofTwo.judge(List.of(owner.log(), next.log()), List.of()).violations())
                .isEmpty();
        WorkerLogs other =
                WorkerLogs.of("c").asksFor("bank", 2, "c1").gets(8_011, "c1", 3).returns(8_020, "c1");
        assertThat(ofTwo.judge(List.of(owner.log(), next.log(), other.log()), List.of())
                        .violations())
                .singleElement()
                .asString()
                .startsWith("c1 on bank, token 3 waited for 8009 ms");
    }

    @Test
    void whoeverStillWaitsAtTheEndOrWasRefusedIsFound() {
        assertThat(judge(WorkerLogs.of("a").holds(0, 1, 59_990, "a1", 1).asks(2, "a2"))
                        .violations())
                .containsExactly("still waits at the end: a2");
        assertThat(judge(WorkerLogs.of("a").asks(2, "a2").isRefused(3, "a2")).violations())
                .containsExactly("was refused: a2: QueueFullException: full");
    }

    @Test
    void whoeverOvertakesIsFound() {
        WorkerLogs overtaken = WorkerLogs.of("a")
                .asks(0, "a1")
                .isInLine(1, "a1")
                .gets(12, "a1", 2)
                .returns(20, "a1");
        WorkerLogs other = WorkerLogs.of("b").holds(2, 3, 10, "b1", 1);

        assertThat(judge(overtaken, other).violations())
                .containsExactly("b1, token 1 overtook a1, token 2, which was in line before it asked");
        assertThat(judge(overtaken, WorkerLogs.of("b").holds(1, 3, 10, "b1", 1)).violations())
                .as("they asked at the same time")
                .isEmpty();
        assertThat(judge(
                                WorkerLogs.of("a")
                                        .trusts(0, 1_800)
                                        .asks(0, "a1")
                                        .isInLine(1, "a1")
                                        .trusts(4_000, 6_000)
                                        .gets(4_100, "a1", 2)
                                        .returns(4_200, "a1"),
                                WorkerLogs.of("b").holds(2, 4_000, 4_010, "b1", 1))
                        .violations())
                .as("its worker was given up meanwhile")
                .isEmpty();
    }

    @Test
    void theDeadWaitForNothing() {
        assertThat(judge(WorkerLogs.of("a").asks(1, "a1").isKilled(2)).violations())
                .isEmpty();
    }
}
