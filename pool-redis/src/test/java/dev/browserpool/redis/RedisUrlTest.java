package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.JedisClientConfig;

class RedisUrlTest {

    @ParameterizedTest
    @CsvSource({
        "redis://localhost, redis://localhost:6379/0",
        "redis://localhost:7000/3, redis://localhost:7000/3",
        "rediss://user:secret@db.example.com/, rediss://db.example.com:6379/0",
        "redis://:secret@10.0.0.7:6380/15, redis://10.0.0.7:6380/15"
    })
    void aUrlIsShownWithoutWhatLetsOneIn(String url, String shown) {
        assertThat(RedisUrl.parse(url)).hasToString(shown);
    }

    @Test
    void userPasswordDatabaseAndEncryptionReachTheClient() {
        JedisClientConfig config = RedisUrl.parse("rediss://ann:se:cret@db.example.com/3")
                .client(Duration.ofSeconds(3), Optional.empty())
                .build();

        assertThat(config.getUser()).isEqualTo("ann");
        assertThat(config.getPassword()).isEqualTo("se:cret");
        assertThat(config.getDatabase()).isEqualTo(3);
        assertThat(config.getSslOptions()).isNotNull();
        assertThat(config.getSocketTimeoutMillis()).isEqualTo(3_000);
    }

    @Test
    void aPasswordNeedsNoUserAndNeitherMustBeThere() {
        JedisClientConfig password = RedisUrl.parse("redis://:secret@localhost")
                .client(Duration.ofSeconds(1), Optional.empty())
                .build();
        JedisClientConfig open = RedisUrl.parse("redis://localhost")
                .client(Duration.ofSeconds(1), Optional.empty())
                .build();

        assertThat(password.getUser()).isNull();
        assertThat(password.getPassword()).isEqualTo("secret");
        assertThat(open.getPassword()).isNull();
        assertThat(open.getSslOptions()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:6379",
                "http://ann:secret@localhost",
                "redis://",
                "redis://ann:sec ret@localhost",
                "redis://ann:secret@localhost/first",
                "redis://ann:secret@localhost/-1"
            })
    void aBadUrlIsRefusedWithTheFormAndWithoutThePassword(String url) {
        assertThatThrownBy(() -> RedisUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redis[s]://[[user]:password@]host[:port][/database]")
                .message()
                .doesNotContain("secret", "sec ret");
    }
}
