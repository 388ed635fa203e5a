package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReusePolicyTest {
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void timesThatNoClockCountsToAreRefused() {
        assertThatThrownBy(() -> ReusePolicy.warm().withIdleTime(FOR_EVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("idleTime is PT2562047788015215H30M7S")
                .hasMessageContaining("at most 36500 days");
        assertThatThrownBy(() -> ReusePolicy.warm().withMaxAge(FOR_EVER)).hasMessageStartingWith("maxAge is ");
        assertThatThrownBy(() -> ReusePolicy.warm().withIdleTime(Duration.ZERO)).hasMessageContaining("more than zero");

        assertThat(ReusePolicy.warm().withIdleTime(Duration.ofDays(36_500)).keepsAnything())
                .isTrue();
    }
}
