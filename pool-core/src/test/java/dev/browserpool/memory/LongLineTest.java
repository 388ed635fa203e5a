package dev.browserpool.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.OperationType;
import dev.browserpool.SlotRequest;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.Ticket;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree of the line stays flat, so that whoever enters, leaves, or asks where he stands passes few others on the way. */
class LongLineTest {
    private static final SlotRequest REQUEST = SlotRequest.of("any", OperationType.TEST_RUN);
    private static final Member MEMBER = new Member(new Identity("m", "h", 1));
    private final ArrivalTree tree = new ArrivalTree();
    private long arrivals;

    private Seat seat() {
        Ask ask = new Ask(new Ticket("m", arrivals), REQUEST, true, Duration.ofHours(1));
        return new Seat(ask, MEMBER, new TypeLoad(), ++arrivals, 0, null, null);
    }

    private Seat enter(Deque<Seat> line) {
        Seat seat = seat();
        tree.add(seat);
        line.addLast(seat);
        return seat;
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000, 100_000})
    void theTreeOfALineIsFlat(int waiting) {
        Deque<Seat> line = new ArrayDeque<>();
        for (int i = 0; i < waiting; i++) {
            enter(line);
        }
        assertThat(height()).isLessThanOrEqualTo(bound(waiting));
        for (int i = 0; i < 2 * waiting; i++) {
            tree.remove(line.removeFirst());
            enter(line);
        }
        assertThat(tree.size()).isEqualTo(waiting);
        assertThat(height()).as("after everybody was served twice over").isLessThanOrEqualTo(bound(waiting));
    }

    @Test
    void theTreeStaysFlatWhenMostOfALongLineGiveUpAtRandom() {
        SplittableRandom random = new SplittableRandom(42);
        List<Seat> all = new ArrayList<>();
        Deque<Seat> line = new ArrayDeque<>();
        for (int i = 0; i < 100_000; i++) {
            all.add(enter(line));
        }
        List<Seat> stay = new ArrayList<>();
        for (Seat seat : all) {
            if (random.nextInt(100) == 0) {
                stay.add(seat);
            } else {
                tree.remove(seat);
            }
        }
        assertThat(height()).isLessThanOrEqualTo(bound(stay.size()));
        for (int i = 0; i < stay.size(); i++) {
            assertThat(tree.position(stay.get(i))).isEqualTo(i + 1);
        }
        assertThat(tree.page(10, 5)).containsExactlyElementsOf(stay.subList(10, 15));
    }

    /** Three times the height of a perfect tree: a random one stays below that by far more than luck. */
    private static int bound(int size) {
        return 3 * (64 - Long.numberOfLeadingZeros(size)) + 2;
    }

    private int height() {
        try {
            return height(field(tree, "root"));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the tree has changed its shape", e);
        }
    }

    private static int height(Object node) throws ReflectiveOperationException {
        return node == null ? 0 : 1 + Math.max(height(field(node, "left")), height(field(node, "right")));
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
