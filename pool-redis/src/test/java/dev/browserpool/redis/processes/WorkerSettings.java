package dev.browserpool.redis.processes;

import com.google.gson.Gson;
import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.redis.RedisBrowserPool;
import dev.browserpool.redis.RedisOptions;
import dev.browserpool.redis.ShiftedClock;
import java.time.Duration;

/**
 * What a worker is told when it is started.
 *
 * @param name of the worker, and what its requests' names begin with
 * @param log where it writes what happens
 * @param threads how many want a lease, all the time
 * @param profiles how many profiles there are to claim
 * @param longestHold for how long a lease is held at most, in ms
 * @param shiftedClock whether the server's clock is to be shifted by what stands in a key
 */
record WorkerSettings(
        String name,
        String url,
        String pool,
        String log,
        Timing timing,
        int maxBrowsers,
        int threads,
        int profiles,
        int longestHold,
        boolean shiftedClock,
        long seed) {

    String toJson() {
        return new Gson().toJson(this);
    }

    static WorkerSettings fromJson(String json) {
        return new Gson().fromJson(json, WorkerSettings.class);
    }

    BrowserPool connect() {
        PoolConfig config = PoolConfig.builder()
                .name(pool)
                .maxBrowsers(maxBrowsers)
                .stopGrace(timing.stopGrace())
                .pollInterval(timing.pollInterval())
                .closeGrace(Duration.ofSeconds(5))
                .build();
        RedisOptions options = RedisOptions.defaults()
                .withMemberTtl(timing.memberTtl())
                .withSocketTimeout(timing.socketTimeout())
                .withRecoveryWindow(timing.recoveryWindow());
        return shiftedClock
                ? ShiftedClock.connect(url, config, options)
                : RedisBrowserPool.connect(url, config, options);
    }
}
