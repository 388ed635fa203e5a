package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.contract.Cluster;
import dev.browserpool.contract.LedgerContract;
import dev.browserpool.contract.ProfileLedgerContract;
import dev.browserpool.redis.servers.Binary;
import dev.browserpool.redis.servers.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** The oldest server that is supported runs every script. The whole contract on any server: {@code -Dredis.server=…}. */
class OldestServerTest {
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(Binary.OLDEST);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Cluster onIt() {
        return new RedisCluster(() -> RedisClient.create("127.0.0.1", server.port()));
    }

    @Test
    void itIsTheOldest() {
        try (RedisClient redis = server.client()) {
            assertThat(redis.info("server")).contains("redis_version:6.2.");
        }
    }

    @Nested
    class AtTheSeam extends LedgerContract {
        @Override
        protected Cluster newCluster() {
            return onIt();
        }
    }

    @Nested
    class ProfilesAtTheSeam extends ProfileLedgerContract {
        @Override
        protected Cluster newCluster() {
            return onIt();
        }
    }
}
