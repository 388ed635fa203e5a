package dev.browserpool.benchmarks.scale;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What members send, as the library of this version sends it, and what of the answers the simulation wants to know. */
final class Calls {
    private final VirtualStore store;

    Calls(VirtualStore store) {
        this.store = store;
    }

    /** The pool-wide settings. */
    record Settings(int slots, int line, Duration memberTtl) {}

    /**
     * An answer.
     *
     * @param result what became of it
     * @param dueIn in how many milliseconds the pool has something to do by itself; {@link Long#MAX_VALUE} for never
     * @param more whether there is more to do at once
     * @param sent how many messages went to other members
     * @param signals what the caller itself hears
     */
    record Answer(JsonObject result, long dueIn, boolean more, long sent, List<JsonObject> signals) {}

    private Answer call(String step, String member, JsonObject arguments) {
        List<?> raw = store.step(step, member, arguments);
        List<JsonObject> signals = new ArrayList<>();
        raw.subList(5, raw.size()).forEach(signal -> signals.add(object(signal.toString())));
        String due = raw.get(2).toString();
        return new Answer(
                object(raw.get(0).toString()),
                due.isEmpty() ? Long.MAX_VALUE : Long.parseLong(due),
                !raw.get(3).toString().equals("0"),
                Long.parseLong(raw.get(4).toString()),
                signals);
    }

    static JsonObject object(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    Answer join(String member, Settings settings) {
        JsonObject set = new JsonObject();
        set.addProperty("cap", "" + settings.slots());
        set.addProperty("maxq", "" + settings.line());
        set.addProperty("maxqp", "100");
        set.addProperty("grace", "20000");
        set.addProperty("ttl", "" + settings.memberTtl().toMillis());
        set.addProperty("keep", "10000");
        set.addProperty("age", "86400000");
        set.addProperty("win", "2000");
        JsonObject json = new JsonObject();
        json.add("set", set);
        json.add("ch", new JsonArray());
        json.addProperty("h", "host-of-" + member);
        json.addProperty("p", 12345);
        return call("join", member, json);
    }

    Answer beat(String member, int leases, int waiters) {
        JsonObject json = new JsonObject();
        json.addProperty("l", leases);
        json.addProperty("w", waiters);
        return call("beat", member, json);
    }

    Answer submit(String member, String ticket, Duration maxDuration) {
        JsonObject request = new JsonObject();
        request.addProperty("id", "request-" + ticket);
        request.addProperty("ty", "test_run");
        request.addProperty("md", maxDuration.toMillis());
        JsonObject json = ticket(ticket);
        json.add("b", request);
        json.addProperty("w", true);
        json.addProperty("d", true);
        return call("submit", member, json);
    }

    Answer release(String member, String ticket, String token) {
        JsonObject json = ticket(ticket);
        json.addProperty("tok", token);
        json.addProperty("s", "COMPLETED");
        json.addProperty("m", "");
        json.addProperty("c", "CLEAN");
        json.addProperty("n", "");
        return call("release", member, json);
    }

    Answer withdraw(String member, String ticket) {
        JsonObject json = ticket(ticket);
        json.addProperty("s", "CANCELLED");
        json.addProperty("m", "");
        return call("withdraw", member, json);
    }

    void status(String member) {
        JsonObject json = new JsonObject();
        json.addProperty("k", "status");
        List<?> unused = store.step("read", member, json);
    }

    private static JsonObject ticket(String ticket) {
        JsonObject json = new JsonObject();
        json.addProperty("t", ticket);
        return json;
    }
}
