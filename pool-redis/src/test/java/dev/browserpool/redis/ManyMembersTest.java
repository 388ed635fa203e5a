package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is due is somebody's business, and not everybody's. */
class ManyMembersTest {
    private static final Duration A_WHILE = Duration.ofHours(1);

    private final ManualTime time = new ManualTime();
    private final TestPool pool = new TestPool(time);

    @AfterEach
    void stop() {
        pool.close();
    }

    private boolean tells(Reply<?> reply) {
        time.advance(Duration.ofNanos(1_717_000)); // so that lots are drawn anew
        return reply.nextDue().compareTo(A_WHILE) < 0;
    }

    @ParameterizedTest
    @CsvSource({"16, 16, 16", "64, 8, 24"})
    void ofManySomeAreToldWhenSomethingIsDue(int many, int atLeast, int atMost) {
        List<Backend> members = IntStream.range(0, many)
                .mapToObj(i -> pool.newMember(PoolConfig.ofSlots(1)))
                .toList();
        members.forEach(member -> tells(member.ledger().join(member.identity())));
        Backend one = members.get(0);
        Ask ask = new Ask(
                new Ticket(one.identity().member(), 1),
                SlotRequest.of(OperationType.TEST_RUN),
                true,
                Duration.ofSeconds(20),
                false);

        assertThat(tells(one.ledger().submit(ask)))
                .as("whoever makes something due")
                .isTrue();
        assertThat(members.stream()
                        .filter(member -> tells(member.ledger().beat(0, 0)))
                        .count())
                .isBetween((long) atLeast, (long) atMost);
    }
}
