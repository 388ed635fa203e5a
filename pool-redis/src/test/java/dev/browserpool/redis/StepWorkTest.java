package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.redis.servers.Binary;
import dev.browserpool.redis.servers.ServerProcess;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Change;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/**
 * How much each step has the server do, as the server counts it: commands of the data, which are most of a step's cost. On the tests' clock;
 * the real one asks for the time, one command more. Whoever changes a step changes its number here, and knows.
 */
class StepWorkTest {
    private static final Pattern STAT = Pattern.compile("cmdstat_(\\S+?):calls=(\\d+)");
    /** What clients send by themselves, beside the steps. */
    private static final Set<String> OF_CLIENTS =
            Set.of("fcall", "info", "ping", "hello", "client|setinfo", "subscribe", "unsubscribe", "function|load");

    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final Outcome DONE = new Outcome(SlotState.COMPLETED, "");

    private final ManualTime time = new ManualTime();
    private final ServerProcess server = ServerProcess.start(Binary.BUNDLED);
    private final RedisClient redis = server.client();
    private final TestPool pool = new TestPool(time, server::client, true);
    private final Backend member = pool.newMember(config(2));
    private final Backend other = pool.newMember(config(2));
    private long numbers;

    private static PoolConfig config(int slots) {
        return PoolConfig.builder()
                .maxBrowsers(slots)
                .maxQueued(10_000)
                .historySize(100)
                .build();
    }

    @AfterEach
    void stop() {
        pool.close();
        redis.close();
        server.close();
    }

    private interface Step {
        void take();
    }

    private Map<String, Integer> counted() {
        Map<String, Integer> counts = new TreeMap<>();
        STAT.matcher(redis.info("commandstats"))
                .results()
                .filter(found -> !OF_CLIENTS.contains(found.group(1)))
                .forEach(found -> counts.put(found.group(1), Integer.parseInt(found.group(2))));
        return counts;
    }

    /** Which commands a step runs, and how often each. */
    private Map<String, Integer> work(Step step) {
        Map<String, Integer> before = counted();
        step.take();
        Map<String, Integer> work = counted();
        before.forEach((command, count) ->
                work.computeIfPresent(command, (same, now) -> now.equals(count) ? null : Integer.valueOf(now - count)));
        return work;
    }

    private static int sum(Map<String, Integer> work) {
        return work.values().stream().mapToInt(Integer::intValue).sum();
    }

    private record Asked(Ticket ticket, Admission admission) {
        long token() {
            return ((Admission.Granted) admission).grant().token();
        }
    }

    private Asked ask(Backend who, SlotRequest request) {
        Ticket ticket = new Ticket(who.identity().member(), ++numbers);
        Ask ask = new Ask(ticket, request, true, AN_HOUR, true);
        return new Asked(ticket, who.ledger().submit(ask).result());
    }

    private Asked ask(Backend who) {
        return ask(who, SlotRequest.of(OperationType.TEST_RUN));
    }

    private void join() {
        member.ledger().join(member.identity());
        other.ledger().join(other.identity());
        time.advance(Duration.ofMillis(1));
    }

    @Test
    void aRequestThatFindsASlotFreeAndItsReleaseWithNobodyInLine() {
        join();
        Asked[] lease = new Asked[1];

        assertThat(sum(work(() -> lease[0] = ask(member)))).isEqualTo(13);
        assertThat(sum(work(() -> member.ledger().release(lease[0].ticket(), lease[0].token(), DONE))))
                .isEqualTo(16);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 300})
    void theLengthOfTheLineMakesNoDifference(int inLine) {
        join();
        Asked first = ask(member);
        Asked second = ask(other);
        for (int i = 0; i < inLine; i++) {
            Asked unused = ask(i % 2 == 0 ? member : other);
        }
        Asked last = ask(member);

        assertThat(sum(work(() -> ask(member))))
                .as("a request that has to wait")
                .isEqualTo(14);
        assertThat(sum(work(() -> member.ledger().withdraw(last.ticket(), DONE))))
                .as("one that gives up, and hears who is before it")
                .isEqualTo(19);
        assertThat(sum(work(() -> member.ledger().beat(1, inLine / 2 + 1))))
                .as("a sign of life of a member that holds and waits")
                .isEqualTo(21);
        assertThat(sum(work(() -> member.ledger().release(first.ticket(), first.token(), DONE))))
                .as("a release, with a grant to its own member")
                .isEqualTo(24);
        assertThat(sum(work(() -> other.ledger().release(second.ticket(), second.token(), DONE))))
                .as("the same")
                .isEqualTo(24);
        assertThat(sum(work(() -> member.ledger().read(new Query.Status()))))
                .as("a status page")
                .isEqualTo(12);
        assertThat(sum(work(() -> member.ledger().read(new Query.Line(1, 50)))))
                .as("a page of the line")
                .isEqualTo(5);
    }

    @Test
    void aGrantToAnotherMemberIsOneMessageMore() {
        join();
        Asked lease = ask(member);
        Asked unused = ask(member);
        Asked waiter = ask(other);

        assertThat(waiter.admission()).isInstanceOf(Admission.Queued.class);
        Map<String, Integer> work = work(() -> member.ledger().release(lease.ticket(), lease.token(), DONE));
        assertThat(sum(work)).isEqualTo(26);
        assertThat(work).containsEntry("publish", 1);
    }

    @Test
    void aFullHistoryIsTrimmedOnceInManyRequests() {
        join();
        int onceInMany = 64;
        int kept = config(2).historySize();
        pairs(kept + onceInMany);

        int trimming = 5 + 2; // of the history with its names, and of the profiles' history
        assertThat(sum(work(() -> pairs(onceInMany)))).isEqualTo(onceInMany * (13 + 16) + trimming);
        assertThat(redis.keys("*:history").stream().mapToLong(redis::xlen).sum())
                .isBetween((long) kept, (long) kept + onceInMany);
    }

    private void pairs(int count) {
        for (int i = 0; i < count; i++) {
            Asked lease = ask(member);
            member.ledger().release(lease.ticket(), lease.token(), DONE);
        }
    }

    @Test
    void aSignOfLifeTellsItsOwnMemberThatItIsHeard() {
        join();

        assertThat(work(() -> other.ledger().beat(0, 0))).containsEntry("publish", 1);
    }

    @Test
    void aProfileIsTakenWithItsSlotAndGivenBackWithIt() {
        join();
        SlotRequest claim = SlotRequest.builder("owner", OperationType.AGENT)
                .profile(ProfileClaim.exclusive("shop"))
                .build();
        Asked[] owner = new Asked[1];

        assertThat(sum(work(() -> owner[0] = ask(member, claim)))).isEqualTo(31);
        assertThat(sum(work(() -> member.ledger().release(owner[0].ticket(), owner[0].token(), DONE))))
                .isEqualTo(23);
    }

    /** A member asks for it whenever its numbers and the store's differ, which they do as long as something is on its way. */
    @Test
    void whatAMemberHasIsToldWithoutReadingThoseInLine() {
        join();
        Asked unused = ask(member);
        Map<String, Integer> alone = work(() -> member.ledger().read(new Query.Mine()));
        for (int i = 0; i < 50; i++) {
            unused = ask(member);
        }

        assertThat(member.ledger().read(new Query.Mine()).waiters()).hasSize(49);
        assertThat(sum(work(() -> member.ledger().read(new Query.Mine())))).isEqualTo(sum(alone) + 1); // one lease more
    }

    @Test
    void profilesAtRestAreNotTakenApartToBeLeftOut() {
        join();
        for (int i = 0; i < 20; i++) {
            SlotRequest claim = SlotRequest.builder("run" + i, OperationType.AGENT)
                    .profile(ProfileClaim.exclusive("shop" + i))
                    .build();
            Asked lease = ask(member, claim);
            member.ledger().change(lease.ticket(), lease.token(), new Change.Opened());
            member.ledger().release(lease.ticket(), lease.token(), DONE);
        }

        assertThat(redis.keys("*:profiles").stream().mapToLong(redis::hlen).sum())
                .isEqualTo(20);
        assertThat(member.ledger().read(new Query.Profiles())).isEmpty();
        assertThat(sum(work(() -> member.ledger().read(new Query.Profiles())))).isEqualTo(2);
    }
}
