package dev.browserpool.benchmarks.redis;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/**
 * What the server spends on a bare lease by its own count, without wire and client: the pool's steps as functions and as scripts, beside
 * what Redisson's semaphore runs, and a script that does nothing. All in turn, in short batches of which the quickest count: whatever else the
 * machine does makes a batch longer, never shorter.
 */
final class ServerTime implements AutoCloseable {
    private static final int PAIRS = 40;
    private static final String WITHOUT_FUNCTIONS = "scripts-alone";
    private static final String PASSWORD = "of-this-run";

    private final String url;
    private final ServerStats stats;
    private final Jedis admin;
    private final int batches;

    /** What is compared. */
    enum Form {
        FUNCTIONS("Browser Pool, functions (Redis 7)"),
        SCRIPTS("Browser Pool, scripts (Redis 6.2)"),
        SEMAPHORE("RPermitExpirableSemaphore"),
        NOTHING("a script that does nothing");

        final String title;

        Form(String title) {
            this.title = title;
        }
    }

    ServerTime(String url, ServerStats stats, int batches) {
        this.url = url;
        this.batches = batches;
        this.stats = stats;
        this.admin = new Jedis(url);
        admin.aclSetUser(WITHOUT_FUNCTIONS, "on", ">" + PASSWORD, "~*", "&*", "+@all", "-fcall");
    }

    /** One script of a pair of acquire and release, in microseconds. */
    Map<Form, Double> perScript(String id) throws Exception {
        String asScripts = url.replace("//", "//" + WITHOUT_FUNCTIONS + ":" + PASSWORD + "@");
        try (SharedLimit functions = Contender.BROWSER_POOL.open(url, id + "-f", 1);
                SharedLimit scripts = Contender.BROWSER_POOL.open(asScripts, id + "-s", 1);
                SharedLimit semaphore = Contender.PERMIT_SEMAPHORE.open(url, id, 1);
                RedisClient redis = RedisClient.create(url)) {
            String nothing = redis.scriptLoad("return 1");
            Map<Form, Double> quickest = new EnumMap<>(Form.class);
            for (int batch = 0; batch < batches; batch++) {
                least(quickest, Form.FUNCTIONS, pair(functions));
                least(quickest, Form.SCRIPTS, pair(scripts));
                least(quickest, Form.SEMAPHORE, pair(semaphore));
                least(quickest, Form.NOTHING, () -> redis.evalsha(nothing, 1, id));
            }
            return quickest;
        }
    }

    private static Callable<Object> pair(SharedLimit limit) {
        return () -> {
            limit.acquire().release();
            return limit;
        };
    }

    private void least(Map<Form, Double> quickest, Form form, Callable<Object> work) throws Exception {
        ServerStats.Scripts before = stats.scripts();
        for (int i = 0; i < PAIRS; i++) {
            Object unused = work.call();
        }
        ServerStats.Scripts spent = stats.scripts().since(before);
        quickest.merge(form, (double) spent.micros() / spent.calls(), Math::min);
    }

    @Override
    public void close() {
        admin.aclDelUser(WITHOUT_FUNCTIONS);
        admin.close();
    }
}
