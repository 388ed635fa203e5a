package dev.browserpool.redis;

import static dev.browserpool.redis.RequestJson.millis;
import static dev.browserpool.redis.RequestJson.text;

import com.google.gson.JsonObject;
import dev.browserpool.ProfileRule;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Governed;

/** What operators decide, as the script takes and answers it. */
final class Acts {
    private Acts() {}

    /** The step that takes it: what ends something, or is a mere number, has to get through when memory is short. */
    static Script step(Act act) {
        boolean needsNoRoom = act instanceof Act.EndLoadTest
                || act instanceof Act.Resume
                || act instanceof Act.Pause
                || act instanceof Act.Resize
                || act instanceof Act.LineLength
                || act instanceof Act.Forget
                || act instanceof Act.CheckIn
                || act instanceof Act.Clear;
        return needsNoRoom ? Script.LIFT : Script.GOVERN;
    }

    static JsonObject write(Act act) {
        JsonObject json = new JsonObject();
        if (act instanceof Act.Resize resize) {
            put(json, "resize", "n", resize.maxBrowsers());
        } else if (act instanceof Act.LineLength length) {
            put(json, "line", "n", length.maxQueued());
        } else if (act instanceof Act.Pause pause) {
            json.addProperty("k", "pause");
            json.addProperty("m", pause.reason());
        } else if (act instanceof Act.Resume) {
            json.addProperty("k", "resume");
        } else if (act instanceof Act.Forget forget) {
            put(json, "forget", "age", millis(forget.olderThan()));
        } else if (act instanceof Act.BeginLoadTest begin) {
            json.addProperty("k", "begintest");
            begin.holder().ifPresent(ticket -> json.addProperty("t", RequestJson.text(ticket)));
            json.addProperty("r", begin.runId());
            json.addProperty("who", begin.who());
            json.addProperty("u", millis(begin.limit()));
        } else if (act instanceof Act.EndLoadTest end) {
            json.addProperty("k", "endtest");
            end.holder().ifPresent(ticket -> json.addProperty("t", RequestJson.text(ticket)));
            end.runId().ifPresent(run -> json.addProperty("r", run));
            json.addProperty("who", end.by());
            json.addProperty("m", end.reason());
        } else {
            ofProfile(json, act);
        }
        return json;
    }

    private static void put(JsonObject json, String kind, String name, long value) {
        json.addProperty("k", kind);
        json.addProperty(name, value);
    }

    private static void ofProfile(JsonObject json, Act act) {
        if (act instanceof Act.SetRule set) {
            json.addProperty("k", "rule");
            json.addProperty("p", set.rule().profileId());
            if (!set.rule().equals(ProfileRule.defaultFor(set.rule().profileId()))) {
                json.add("r", rule(set.rule()));
            }
        } else if (act instanceof Act.CheckOut out) {
            person(json, "checkout", out.profileId(), out.who(), out.why());
            json.addProperty("u", millis(out.howLong()));
        } else if (act instanceof Act.ExtendCheckOut extend) {
            person(json, "extend", extend.profileId(), extend.who(), "for " + extend.howLong() + " from then on");
            json.addProperty("u", millis(extend.howLong()));
        } else if (act instanceof Act.CheckIn in) {
            person(json, "checkin", in.profileId(), in.who(), in.note());
        } else if (act instanceof Act.Quarantine quarantine) {
            person(json, "quarantine", quarantine.profileId(), quarantine.who(), quarantine.why());
        } else {
            Act.Clear clear = (Act.Clear) act;
            person(json, "clear", clear.profileId(), clear.who(), clear.note());
        }
    }

    private static void person(JsonObject json, String kind, String profileId, String who, String why) {
        json.addProperty("k", kind);
        json.addProperty("p", profileId);
        json.addProperty("who", who);
        json.addProperty("m", why);
    }

    private static JsonObject rule(ProfileRule rule) {
        JsonObject json = new JsonObject();
        json.addProperty("n", rule.maxActive());
        json.addProperty("s", rule.onStale().name());
        json.addProperty("w", millis(rule.retryWindow()));
        rule.proxyId().ifPresent(proxy -> json.addProperty("px", proxy));
        return json;
    }

    static Governed read(JsonObject json, Facts facts) {
        return switch (text(json, "k")) {
            case "O" -> new Governed.CheckedOut(facts.block(json.getAsJsonObject("b")));
            case "T" -> new Governed.LoadTesting(facts.loadTest(json.getAsJsonObject("lt")), json.has("y"));
            case "B" -> new Governed.Conflict(facts.busy(json.getAsJsonObject("b")));
            default -> new Governed.Done(json.get("n").getAsInt());
        };
    }
}
