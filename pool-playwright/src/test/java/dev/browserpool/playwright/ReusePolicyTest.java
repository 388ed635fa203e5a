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

    @Test
    void aSharedBrowserServesMoreThanOneSession() {
        assertThat(ReusePolicy.warm().sessionsPerBrowser()).isEqualTo(1);
        assertThat(ReusePolicy.sharedBrowser(4)
                        .withIdleTime(Duration.ofSeconds(9))
                        .sessionsPerBrowser())
                .isEqualTo(4);
        assertThatThrownBy(() -> ReusePolicy.sharedBrowser(0)).hasMessageStartingWith("sessionsPerBrowser is 0");
        assertThatThrownBy(() -> ReusePolicy.off().withSessionsPerBrowser(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 where maxUses is 1");
    }
}
