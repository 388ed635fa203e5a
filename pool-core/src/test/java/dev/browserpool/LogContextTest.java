package dev.browserpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.memory.InMemoryBrowserPool;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTest {
    private final BrowserPool pool =
            InMemoryBrowserPool.create(PoolConfig.builder().name("crawl").build());
    private final SlotRequest request = SlotRequest.builder("run_1", OperationType.AGENT)
            .profile(ProfileClaim.exclusive("shop"))
            .build();

    @AfterEach
    void close() {
        pool.close();
        MDC.clear();
    }

    @Test
    void insideALoanTheLogNamesPoolRequestAndProfile() throws InterruptedException {
        Map<String, String> inside = pool.call(request, lease -> MDC.getCopyOfContextMap());

        assertThat(inside)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("browser_pool", "crawl", "browser_request", "run_1", "browser_profile", "shop"));
    }

    @Test
    void aPoolInMemoryHasNoStoreToWaitFor() {
        assertThat(pool.health()).isEqualTo(new PoolHealth(true, true, java.util.Optional.empty(), 0));
    }

    @Test
    void afterwardsItIsAsBefore() throws InterruptedException {
        MDC.put(LogContext.REQUEST, "mine");
        MDC.put("other", "stays");

        pool.call(request, lease -> lease.requestId());
        assertThatThrownBy(() -> pool.call(request, lease -> {
                    throw new IllegalStateException("for the test");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(MDC.getCopyOfContextMap())
                .containsOnly(Map.entry(LogContext.REQUEST, "mine"), Map.entry("other", "stays"));
    }

    @Test
    void aLoanInsideALoanNamesItsOwnRequestAndTheOuterOneAfterwards() throws InterruptedException {
        pool.call(request, outer -> {
            SlotRequest inner = SlotRequest.of("run_2", OperationType.AGENT);
            String seen = pool.call(inner, lease -> MDC.get(LogContext.REQUEST) + " " + MDC.get(LogContext.PROFILE));
            assertThat(seen).isEqualTo("run_2 null");
            assertThat(MDC.get(LogContext.REQUEST)).isEqualTo("run_1");
            assertThat(MDC.get(LogContext.PROFILE)).isEqualTo("shop");
            return seen;
        });
    }
}
