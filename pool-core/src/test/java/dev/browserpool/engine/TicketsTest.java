package dev.browserpool.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.OperationType;
import dev.browserpool.SlotRequest;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private static final int SIZE = Tickets.SIZE;

    private final Tickets tickets = new Tickets();

    private static Hold hold(long number) {
        return new Hold(
                new Ticket("member", number),
                SlotRequest.of("r" + number, OperationType.TEST_RUN),
                Duration.ZERO,
                Duration.ofMinutes(1),
                true,
                new Nobody(),
                null);
    }

    private static final class Nobody implements Waiter {
        @Override
        public void granted(PooledLease lease) {}

        @Override
        public void failed(Supplier<? extends BrowserPoolException> why) {}
    }

    @Test
    void whoFindsHisPlaceTakenIsFoundAllTheSame() {
        Hold first = hold(1);
        Hold second = hold(1 + SIZE);
        tickets.add(first);
        tickets.add(second);

        assertThat(tickets.get(first.ticket)).isSameAs(first);
        assertThat(tickets.get(second.ticket)).isSameAs(second);
        assertThat(tickets.all()).containsExactlyInAnyOrder(first, second);

        tickets.remove(first);

        assertThat(tickets.get(first.ticket)).isNull();
        assertThat(tickets.get(second.ticket)).isSameAs(second);

        Hold third = hold(1 + 2 * SIZE);
        tickets.add(third);
        tickets.remove(second);

        assertThat(tickets.all()).containsExactly(third);
    }

    @Test
    void aTicketOfAnotherMemberIsAnotherOne() {
        Hold mine = hold(1);
        tickets.add(mine);

        assertThat(tickets.get(new Ticket("another", 1))).isNull();
    }

    @Test
    void oneTakesThePlaceOfAnotherWithTheSameTicketWhereverThatIs() {
        for (long number : List.of(7L, 7L + SIZE)) {
            Hold lease = hold(number);
            Hold waiting = hold(number);
            tickets.add(lease);

            tickets.replace(lease, waiting);
            tickets.remove(lease);

            assertThat(tickets.get(lease.ticket)).isSameAs(waiting);
        }
        Hold gone = hold(8);
        Hold comes = hold(8);
        tickets.replace(gone, comes);
        assertThat(tickets.get(gone.ticket)).isSameAs(comes);
    }

    @Test
    void itHoldsWhatAMapHolds() {
        Random random = new Random(4711);
        Map<Ticket, Hold> expected = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            Hold one = hold(random.nextInt(4 * SIZE));
            Hold there = expected.get(one.ticket);
            if (there == null) {
                expected.put(one.ticket, one);
                tickets.add(one);
            } else if (random.nextInt(4) == 0) {
                expected.put(one.ticket, one);
                tickets.replace(there, one);
            } else {
                expected.remove(one.ticket);
                tickets.remove(there);
            }
            assertThat(tickets.get(one.ticket)).isSameAs(expected.get(one.ticket));
        }
        assertThat(tickets.all()).containsExactlyInAnyOrderElementsOf(expected.values());
    }

    @Test
    void whoStaysIsSeenWhileOthersComeAndGoInHisPlace() throws Exception {
        List<Hold> staying = new ArrayList<>();
        for (int number = 0; number < 2 * SIZE; number += 2) {
            staying.add(hold(number));
        }
        staying.forEach(tickets::add);
        AtomicInteger numbers = new AtomicInteger(4 * SIZE);
        AtomicInteger left = new AtomicInteger(3);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                all.add(threads.submit(() -> {
                    for (int turn = 0; turn < 50_000; turn++) {
                        Hold passing = hold(numbers.getAndIncrement());
                        tickets.add(passing);
                        assertThat(tickets.get(passing.ticket)).isSameAs(passing);
                        tickets.remove(passing);
                    }
                    left.decrementAndGet();
                }));
            }
            do {
                assertThat(tickets.all()).containsAll(staying);
            } while (left.get() > 0 && all.stream().noneMatch(Future::isDone));
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(tickets.all()).containsExactlyInAnyOrderElementsOf(staying);
    }

    @Test
    void ofTwoWhoWantTheSamePlaceAtTheSameMomentNoneIsLost() throws Exception {
        AtomicInteger ready = new AtomicInteger();
        int turns = 5_000;
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> adding = other.submit(() -> addEach(turns, SIZE, ready));
            addEach(turns, 0, ready);
            adding.get();
        } finally {
            other.shutdownNow();
        }
        assertThat(tickets.all()).isEmpty();
    }

    /** Both come together, and go when both have seen that they are there. */
    private void addEach(int turns, int further, AtomicInteger ready) {
        for (int turn = 0; turn < turns; turn++) {
            Hold mine = hold(2L * SIZE * turn + further);
            meet(ready, 6 * turn + 2);
            tickets.add(mine);
            meet(ready, 6 * turn + 4);
            assertThat(tickets.get(mine.ticket)).isSameAs(mine);
            meet(ready, 6 * turn + 6);
            tickets.remove(mine);
        }
    }

    private static void meet(AtomicInteger ready, int both) {
        ready.incrementAndGet();
        long tooLate = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (ready.get() < both) {
            assertThat(System.nanoTime() - tooLate)
                    .as("the other one has failed")
                    .isNegative();
            LockSupport.parkNanos(1);
        }
    }

    @Test
    void whoIsReplacedIsNeverMissing() throws Exception {
        Hold inTheRing = hold(1);
        Hold beside = hold(1 + SIZE);
        tickets.add(inTheRing);
        tickets.add(beside);
        AtomicInteger left = new AtomicInteger(1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> replacing = other.submit(() -> {
                Hold first = inTheRing;
                Hold second = beside;
                for (int turn = 0; turn < 50_000; turn++) {
                    Hold next = hold(1);
                    tickets.replace(first, next);
                    tickets.remove(first);
                    first = next;
                    next = hold(1 + SIZE);
                    tickets.replace(second, next);
                    tickets.remove(second);
                    second = next;
                }
                left.decrementAndGet();
            });
            do {
                assertThat(tickets.get(inTheRing.ticket)).isNotNull();
                assertThat(tickets.get(beside.ticket)).isNotNull();
                assertThat(tickets.all())
                        .extracting(hold -> hold.ticket.number())
                        .containsExactlyInAnyOrder(1L, 1L + SIZE);
            } while (left.get() > 0 && !replacing.isDone());
            replacing.get();
        } finally {
            other.shutdownNow();
        }
    }
}
