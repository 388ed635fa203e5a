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
import redis.clients.jedis.SslOptions;

class RedisUrlTest {

    @ParameterizedTest
    @CsvSource({
        "redis://localhost, redis://localhost:6379/0",
        "redis://localhost:7000/3, redis://localhost:7000/3",
        "rediss://user:secret@db.example.com/, rediss://db.example.com:6379/0",
        "redis://:secret@10.0.0.7:6380/15, redis://10.0.0.7:6380/15",
        "redis://:secret@[::1]:6380/1, redis://[::1]:6380/1",
        "rediss://[2001:db8::7], rediss://[2001:db8::7]:6379/0",
        "redis://:secret@my_redis_1:6380, redis://my_redis_1:6380/0",
        "' redis://localhost ', redis://localhost:6379/0"
    })
    void aUrlIsShownWithoutWhatLetsOneIn(String url, String shown) {
        assertThat(RedisUrl.parse(url)).hasToString(shown);
    }

    private static JedisClientConfig client(String url) {
        return RedisUrl.parse(url)
                .client(Duration.ofSeconds(3), Optional.empty())
                .build();
    }

    @Test
    void userPasswordDatabaseAndEncryptionReachTheClient() {
        JedisClientConfig config = client("rediss://ann:se:cret@db.example.com/3");

        assertThat(config.getUser()).isEqualTo("ann");
        assertThat(config.getPassword()).isEqualTo("se:cret");
        assertThat(config.getDatabase()).isEqualTo(3);
        assertThat(config.getSslOptions()).isNotNull();
        assertThat(config.getSocketTimeoutMillis()).isEqualTo(3_000);
    }

    @Test
    void whatIsPercentEncodedIsDecodedOnceAndAPlusIsAPlus() {
        JedisClientConfig config = client("redis://a%3An%40n:%40%3A%2F%25+%3F%23%C3%A9%2525@localhost");

        assertThat(config.getUser()).isEqualTo("a:n@n");
        assertThat(config.getPassword()).isEqualTo("@:/%+?#é%25");
    }

    @Test
    void aPasswordNeedsNoUserAndNeitherMustBeThere() {
        JedisClientConfig password = client("redis://:secret@localhost");
        JedisClientConfig open = client("redis://localhost");

        assertThat(password.getUser()).isNull();
        assertThat(password.getPassword()).isEqualTo("secret");
        assertThat(open.getPassword()).isNull();
        assertThat(open.getSslOptions()).isNull();
    }

    @Test
    void rulesForTlsAreForEncryptedUrls() {
        SslOptions tls = SslOptions.defaults();

        assertThat(RedisUrl.parse("rediss://localhost")
                        .client(Duration.ofSeconds(3), Optional.of(tls))
                        .build()
                        .getSslOptions())
                .isSameAs(tls);
        assertThatThrownBy(() -> RedisUrl.parse("redis://localhost").client(Duration.ofSeconds(3), Optional.of(tls)))
                .hasMessageContaining("does not begin with rediss://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:6379",
                "secret",
                "secret:6379",
                "secret@localhost",
                "http://ann:secret@localhost",
                "redis:secret@localhost",
                "redis://",
                "redis:///3",
                "unix:///var/run/secret.sock",
                "redis+unix://:secret@/run/redis.sock",
                "redis-sentinel://:secret@localhost:26379/main",
                "redis://ann:sec ret@localhost",
                "redis://ann:secret%zz@localhost",
                "redis://ann:sec@ret@localhost",
                "redis://ann:sec/ret@localhost",
                "redis://ann:6379/secret@localhost",
                "redis://ann:6379/se#cret@localhost",
                "redis://ann:6379?secret@localhost",
                "redis://secret@localhost",
                "redis://ann:secret@",
                "redis://ann:secret@local host",
                "redis://ann:secret@localhost/first",
                "redis://ann:secret@localhost/-1",
                "redis://ann:secret@localhost/1/2",
                "redis://ann:secret@localhost/99999999999",
                "redis://ann:secret@localhost:0",
                "redis://ann:secret@localhost:65536",
                "redis://ann:secret@localhost:first",
                "redis://ann:secret@localhost?timeout=3",
                "redis://ann:secret@[::1"
            })
    void aBadUrlIsRefusedWithTheFormAndWithoutThePassword(String url) {
        assertThatThrownBy(() -> RedisUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redis[s]://[[user]:password@]host[:port][/database]")
                .hasNoCause()
                .message()
                .doesNotContain("secret", "sec ret", "ann", "cret");
    }
}
