package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.StoreUnusableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

class SurveyTest {
    private static final Keys KEYS = Keys.of("bp", "surveyed");
    private static final List<String> NOTHING = Collections.nCopies(KEYS.all().size(), "none");

    @ParameterizedTest
    @ValueSource(strings = {"6.2.0", "6.2.11", "6.10.1", "7.0.15", "7.2.4", "8.0.1", "10.0.0", "255.255.255"})
    void aServerThatKnowsTheCommandsOfTheScriptsIsNewEnough(String version) {
        assertThat(new Survey(version, false, NOTHING, Optional.empty()).objection(KEYS))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8.19", "5.0.14", "6.0.20", "6.1.9", "", "unknown"})
    void anOlderServerIsRefused(String version) {
        assertThat(new Survey(version, false, NOTHING, Optional.empty()).objection(KEYS))
                .get()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("Redis " + version + "; it must be 6.2 or newer");
    }

    @Test
    void theTypesOfTheKeysAreThoseThatThePoolWrites() {
        List<String> types = new ArrayList<>(NOTHING);
        types.set(Keys.index("history"), "string");
        StoreUnusableException objection = new Survey("7.0.15", false, types, Optional.of("1"))
                .objection(KEYS)
                .orElseThrow();

        assertThat(objection.key()).contains("key bp:{surveyed}:history");
        assertThat(objection.expected()).contains("a stream");
        assertThat(objection)
                .hasMessageContaining("key bp:{surveyed}:history should hold a stream, and it holds a string");
        assertThat(new Survey("7.0.15", false, Keys.types(), Optional.of(Survey.FORMAT)).objection(KEYS))
                .isEmpty();
    }

    @Test
    void theScriptsSpeakTheVersionThatTheMemberNames() {
        assertThat(Script.JOIN.text("clock")).contains("local FORMAT = '" + Survey.FORMAT + "'");
    }

    @Test
    void aRealServerSaysWhatItIs() {
        try (RedisClient redis = RedisClient.create("127.0.0.1", TestServer.get().port)) {
            Survey survey = Survey.of(redis, KEYS);

            assertThat(redis.info("server")).contains("redis_version:" + survey.version());
            assertThat(survey.isReplica()).isFalse();
            assertThat(survey.types()).isEqualTo(NOTHING);
            assertThat(survey.format()).isEmpty();
        }
    }
}
