package dev.browserpool.redis.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.redis.servers.Binary;
import dev.browserpool.redis.servers.ServerProcess;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** What members must not leave behind is found, what may stay is not complained of. */
class LeftoversTest {
    @Test
    void entriesOfMembersAreFoundSettingsAndHistoryMayStay() {
        try (ServerProcess server = ServerProcess.start(Binary.BUNDLED);
                RedisClient redis = server.client()) {
            redis.hset("bp:{p}:meta", "cap", "4");
            redis.hset("bp:{p}:profiles", "known", "{\"p\":\"known\",\"h\":{\"h\":\"host\",\"tok\":\"7\"}}");
            redis.hset("bp:{p}:tally", Map.of("granted", "9", "y|test_run|running", "0"));
            redis.zadd("bp:{other}:members", 1, "m");
            assertThat(Leftovers.in(redis, "p")).isEmpty();

            redis.zadd("bp:{p}:members", 1, "m");
            redis.hset("bp:{p}:profiles", "owned", "{\"p\":\"owned\",\"o\":[\"m/1\"]}");
            redis.hset("bp:{p}:tally", "y|test_run|running", "1");
            assertThat(Leftovers.in(redis, "p"))
                    .containsExactly(
                            "left behind: bp:{p}:members, a zset",
                            "left behind in profile owned: {\"p\":\"owned\",\"o\":[\"m/1\"]}",
                            "left behind in the tally: y|test_run|running=1");
        }
    }
}
