package dev.browserpool.examples.scheduler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.RoutedTask;
import dev.browserpool.TaskManifest;
import dev.browserpool.examples.tasks.Action;
import dev.browserpool.examples.tasks.Expectation;
import dev.browserpool.examples.tasks.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class TaskLineTest {
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Instant PAST = Instant.EPOCH;

    private final TaskLine line = new TaskLine(PATIENCE, InstantSource.system());

    @Test
    void whatIsDueForTheLongestComesFirstAndTiesKeepTheirOrder() throws InterruptedException {
        line.open(List.of(anybodys("b", PAST.plusSeconds(1)), anybodys("c", PAST.plusSeconds(1)), anybodys("a", PAST)));

        assertThat(List.of(take("worker-1"), take("worker-1"), take("worker-1")))
                .containsExactly("a", "b", "c");
    }

    @Test
    void aTaskIsNotTakenBeforeItIsDue() throws InterruptedException {
        Instant due = Instant.now().plusMillis(100);
        line.open(List.of(anybodys("a", due)));

        assertThat(take("worker-1")).isEqualTo("a");
        assertThat(Instant.now()).isAfterOrEqualTo(due);
    }

    @Test
    void theWorkerOfATaskTakesItBeforeTheOthers() throws InterruptedException {
        line.open(List.of(first("own", Optional.of("worker-2"), PAST), anybodys("any", PAST.plusMillis(1))));

        assertThat(take("worker-1")).isEqualTo("any");
        assertThat(take("worker-2")).isEqualTo("own");
    }

    @Test
    void aTaskThatItsWorkerLeavesLyingIsTakenByAnother() throws InterruptedException {
        Instant now = Instant.now();
        line.open(List.of(first("own", Optional.of("worker-2"), now)));

        assertThat(take("worker-1")).isEqualTo("own");
        assertThat(Instant.now()).isAfterOrEqualTo(now.plus(PATIENCE));
    }

    @Test
    void aWorkerSleepsUntilSomethingIsPutBack() throws Exception {
        line.open(List.of(anybodys("a", PAST)));
        Attempt inHand = line.take("worker-1").orElseThrow();
        FutureTask<Optional<Attempt>> other = new FutureTask<>(() -> line.take("worker-2"));
        Thread thread = sleeping(other);

        line.add(inHand);

        assertThat(other.get(10, SECONDS)).contains(inHand);
        thread.join();
    }

    @Test
    void allGoHomeWhenTheLastTaskIsOver() throws Exception {
        line.open(List.of(anybodys("a", PAST)));
        assertThat(take("worker-1")).isEqualTo("a");
        FutureTask<Optional<Attempt>> other = new FutureTask<>(() -> line.take("worker-2"));
        Thread thread = sleeping(other);

        line.ended();

        assertThat(other.get(10, SECONDS)).isEmpty();
        assertThat(line.take("worker-1")).isEmpty();
        thread.join();
    }

    private static Thread sleeping(Runnable work) {
        Thread thread = new Thread(work, "worker-2");
        thread.setDaemon(true);
        thread.start();
        await().atMost(10, SECONDS).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    private String take(String worker) throws InterruptedException {
        return line.take(worker).orElseThrow().task().taskId();
    }

    private static Attempt anybodys(String taskId, Instant due) {
        return first(taskId, Optional.empty(), due);
    }

    private static Attempt first(String taskId, Optional<String> worker, Instant due) {
        RoutedTask routed = new RoutedTask(TaskManifest.builder(taskId).build(), worker, Optional.empty());
        return Attempt.first(new Task(routed, Action.CHECK_PRICES, List.of("tea"), Expectation.SUCCESS), worker, due);
    }
}
