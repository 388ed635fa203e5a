package dev.browserpool.redis;

import static dev.browserpool.redis.RequestJson.millis;

import com.google.gson.JsonObject;
import dev.browserpool.PoolConfig;
import java.time.Duration;

/** What belongs to the pool as a whole, and is kept with it: the first member writes it. */
record PoolSettings(PoolConfig config, Duration memberTtl) {

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        put(json, "cap", config.maxBrowsers());
        put(json, "maxq", config.maxQueued());
        put(json, "maxqp", config.maxQueuedPerProfile());
        put(json, "grace", millis(config.stopGrace()));
        put(json, "ttl", millis(memberTtl));
        put(json, "keep", config.historySize());
        put(json, "age", millis(config.historyRetention()));
        return json;
    }

    private static void put(JsonObject json, String name, long value) {
        json.addProperty(name, Long.toString(value));
    }
}
