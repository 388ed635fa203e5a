package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    @Test
    void allKeysOfAPoolShareOneHashTag() {
        assertThat(Keys.of("bp", "crawlers").all()).allMatch(key -> key.startsWith("bp:{crawlers}:"));
        assertThat(Keys.of("bp", "crawlers").channelTo("")).isEqualTo("bp:{crawlers}:to:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a{b", "a}b", "a\nb", "\u0000"})
    void aNameThatWouldBreakThemIsRefused(String name) {
        assertThatThrownBy(() -> Keys.of("bp", name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not be blank, nor contain braces or control characters");
        assertThatThrownBy(() -> RedisOptions.defaults().withPrefix(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void timesOfNothingAreRefused() {
        assertThatThrownBy(() -> RedisOptions.defaults().withMemberTtl(Duration.ZERO))
                .hasMessageContaining("memberTtl is PT0S");
        assertThatThrownBy(() -> RedisOptions.defaults().withSocketTimeout(Duration.ofDays(2)))
                .hasMessageContaining("socketTimeout is PT48H");
        assertThatThrownBy(() -> RedisOptions.defaults().withCallThreads(1))
                .hasMessageContaining("callThreads is 1, it must be at least 2");
        assertThatThrownBy(() -> RedisOptions.defaults().withMinReplicas(-1))
                .hasMessageContaining("minReplicas is -1, it must not be negative");
    }
}
