package dev.browserpool.benchmarks.soak;

import dev.browserpool.BrowserPool;
import dev.browserpool.benchmarks.scale.RedisProcess;
import dev.browserpool.redis.RedisBrowserPool;
import dev.browserpool.redis.RedisOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** Members of one pool on a server of the run's own, to which things happen. */
final class RedisGround implements Ground {
    private static final RedisOptions OPTIONS =
            RedisOptions.defaults().withMemberTtl(Duration.ofSeconds(3)).withRecoveryWindow(Duration.ofMillis(300));
    private static final int ONE_IN = 8;

    private final RedisProcess server;

    RedisGround(Optional<Path> program) throws IOException {
        server = RedisProcess.start(program);
    }

    @Override
    public String title() {
        return "on Redis";
    }

    @Override
    public BrowserPool open() {
        return RedisBrowserPool.connect(server.url(), CONFIG, OPTIONS);
    }

    /** Mostly connections break; now and then the server is killed, and begins again with nothing. */
    @Override
    public String disturb(int dice) throws Exception {
        if (dice % ONE_IN == 0) {
            server.restart();
            return "server killed and restarted without its data";
        }
        ClientType type = dice % 2 == 0 ? ClientType.NORMAL : ClientType.PUBSUB;
        try (Jedis redis = server.connect()) {
            long unused = redis.clientKill(new ClientKillParams().type(type));
        }
        return "all " + type.name().toLowerCase(Locale.ROOT) + " connections killed";
    }

    @Override
    public Map<Watched, Double> watched() {
        try (Jedis redis = server.connect()) {
            Map<Watched, Double> watched = new EnumMap<>(Watched.class);
            String memory = redis.info("memory").replaceFirst("(?s).*\\bused_memory:(\\d+).*", "$1");
            watched.put(Watched.REDIS_MEMORY, Double.parseDouble(memory) / 1e6);
            watched.put(Watched.REDIS_KEYS, (double) redis.dbSize());
            return watched;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
