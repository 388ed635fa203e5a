package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EchoTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void whatIsNotHeardForASecondIsOverdueAndWhateverIsHeardEndsThat() {
        Echo echo = new Echo();
        long sent = System.nanoTime() + SECOND;

        assertThat(echo.isOverdue(sent, sent)).isFalse();
        assertThat(echo.isOverdue(sent + SECOND, sent + SECOND)).isFalse();
        assertThat(echo.isOverdue(sent + 2 * SECOND, sent + SECOND + 1)).isTrue();

        echo.heard(sent + 2 * SECOND);

        assertThat(echo.isOverdue(sent + 2 * SECOND, sent + 2 * SECOND)).isFalse();
        assertThat(echo.isOverdue(sent + 2 * SECOND, sent + 4 * SECOND)).isFalse();
    }

    @Test
    void anEchoThatComesWhileItIsAskedForIsHeard() throws Exception {
        ExecutorService subscriber = Executors.newSingleThreadExecutor();
        CyclicBarrier both = new CyclicBarrier(2);
        try {
            for (int turn = 0; turn < 20_000; turn++) {
                Echo echo = new Echo();
                long sent = System.nanoTime();
                Future<?> heard = subscriber.submit(() -> {
                    both.await();
                    echo.heard(System.nanoTime());
                    return null;
                });
                both.await();
                boolean unused = echo.isOverdue(sent, System.nanoTime());
                heard.get();

                assertThat(echo.isOverdue(sent, sent + 10 * SECOND))
                        .as("turn " + turn)
                        .isFalse();
            }
        } finally {
            subscriber.shutdownNow();
        }
    }
}
