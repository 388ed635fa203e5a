package dev.browserpool.redis;

import static dev.browserpool.redis.RequestJson.millis;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.browserpool.PoolConfig;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What belongs to the pool as a whole, and is kept with it. A member that was told a value writes it when it joins; one that was not
 * follows the store's.
 */
final class PoolSettings {
    private static final Logger log = LoggerFactory.getLogger(PoolSettings.class);

    private final PoolConfig config;
    private final RedisOptions options;
    private final Map<Field, String> own = new EnumMap<>(Field.class);
    private volatile Map<Field, String> seen = Map.of();

    /** As the store calls them, and as people do. */
    private enum Field {
        CAP("maxBrowsers", PoolConfig.Shared.MAX_BROWSERS),
        MAXQ("maxQueued", PoolConfig.Shared.MAX_QUEUED),
        MAXQP("maxQueuedPerProfile", PoolConfig.Shared.MAX_QUEUED_PER_PROFILE),
        GRACE("stopGrace in ms", PoolConfig.Shared.STOP_GRACE),
        KEEP("historySize", PoolConfig.Shared.HISTORY_SIZE),
        AGE("historyRetention in ms", PoolConfig.Shared.HISTORY_RETENTION),
        TTL("memberTtl in ms", null),
        WIN("recoveryWindow in ms", null);

        private final String title;
        private final PoolConfig.@Nullable Shared shared;

        Field(String title, PoolConfig.@Nullable Shared shared) {
            this.title = title;
            this.shared = shared;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    PoolSettings(PoolConfig config, RedisOptions options) {
        this.config = config;
        this.options = options;
        own.put(Field.CAP, text(config.limited(config.maxBrowsers())));
        own.put(Field.MAXQ, text(config.maxQueued()));
        own.put(Field.MAXQP, text(config.maxQueuedPerProfile()));
        own.put(Field.GRACE, text(config.stopGrace()));
        own.put(Field.KEEP, text(config.historySize()));
        own.put(Field.AGE, text(config.historyRetention()));
        own.put(Field.TTL, text(options.memberTtl()));
        own.put(Field.WIN, text(options.recoveryWindow(config.stopGrace())));
    }

    private static String text(Duration value) {
        return text(millis(value));
    }

    private static String text(long value) {
        return Long.toString(value);
    }

    String poolName() {
        return config.name();
    }

    Duration memberTtl() {
        return options.memberTtl();
    }

    private boolean isChosen(Field field) {
        if (field == Field.TTL) {
            return !options.memberTtl().equals(RedisOptions.defaults().memberTtl());
        }
        if (field == Field.WIN) {
            return options.isRecoveryChosen();
        }
        return field.shared != null && config.chosen().contains(field.shared);
    }

    /** For the script of a member that comes: what a new pool gets, and what an old one has to take over when it comes for the first time. */
    JsonObject toJson() {
        JsonObject values = new JsonObject();
        own.forEach((field, value) -> values.addProperty(field.key(), seen.getOrDefault(field, value)));
        JsonArray chosen = new JsonArray();
        if (seen.isEmpty()) { // later on, somebody may have changed them for good reasons
            own.keySet().stream().filter(this::isChosen).forEach(field -> chosen.add(field.key()));
        }
        JsonObject json = new JsonObject();
        json.add("set", values);
        json.add("ch", chosen);
        return json;
    }

    /** Hears what the store has now, and says so if it is not what this member was told. */
    void seen(JsonObject result) {
        Map<Field, String> now = read(result.getAsJsonObject("s"));
        if (result.has("was")) {
            read(result.getAsJsonObject("was"))
                    .forEach((field, was) -> log.warn(
                            "pool {}: {} was {}, this member changes it to {}, for the {} other members too",
                            config.name(),
                            field.title,
                            was,
                            own.get(field),
                            result.get("mem")));
        }
        Map<Field, String> before = seen;
        seen = now;
        now.forEach((field, value) -> {
            boolean isNews = !value.equals(before.get(field));
            if (isNews && !value.equals(own.get(field)) && (isChosen(field) || field == Field.GRACE)) {
                log.warn(
                        "pool {}: {} is {} in the store, this member was configured with {}",
                        config.name(),
                        field.title,
                        value,
                        own.get(field));
            }
        });
    }

    private static Map<Field, String> read(JsonObject json) {
        Map<Field, String> values = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            JsonElement value = json.get(field.key());
            if (value != null) {
                values.put(field, value.getAsString());
            }
        }
        return values;
    }
}
