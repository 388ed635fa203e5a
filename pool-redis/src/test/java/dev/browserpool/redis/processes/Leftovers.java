package dev.browserpool.redis.processes;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.UnifiedJedis;

/** What must not be in the store when all members have gone: anything but settings, counters, rules and history. */
final class Leftovers {
    private static final Set<String> MAY_STAY =
            Set.of("meta", "tally", "times", "history", "ended", "records", "pasts", "profiles", "shift");

    /** Fields of a profile: its owners, who of its line is ready, for whom it is kept. */
    private static final Set<String> OF_SOMEBODY = Set.of("o", "rd", "ry", "kf");

    private Leftovers() {}

    static List<String> in(UnifiedJedis redis, String pool) {
        String prefix = "bp:{" + pool + "}:";
        List<String> found = new ArrayList<>();
        for (String key : new TreeSet<>(redis.keys(prefix + "*"))) {
            if (!MAY_STAY.contains(key.substring(prefix.length()))) {
                found.add("left behind: " + key + ", a " + redis.type(key));
            }
        }
        redis.hgetAll(prefix + "profiles").forEach((id, json) -> {
            JsonObject profile = JsonParser.parseString(json).getAsJsonObject();
            if (OF_SOMEBODY.stream().anyMatch(profile::has)) {
                found.add("left behind in profile " + id + ": " + json);
            }
        });
        for (Map.Entry<String, String> count : redis.hgetAll(prefix + "tally").entrySet()) {
            if (count.getKey().matches("y\\|.*\\|(running|stopping|waiting|ready)")
                    && !count.getValue().equals("0")) {
                found.add("left behind in the tally: " + count);
            }
        }
        return found;
    }
}
