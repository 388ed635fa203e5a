package dev.browserpool.redis;

import static dev.browserpool.redis.RequestJson.millis;
import static dev.browserpool.redis.RequestJson.text;

import com.google.gson.JsonObject;
import dev.browserpool.ProfileLock;
import dev.browserpool.spi.Change;
import dev.browserpool.spi.Changed;

/** Changes of leases, as the script takes and answers them. */
final class Changes {
    private Changes() {}

    static void write(JsonObject json, Change change) {
        if (change instanceof Change.Releasing) {
            json.addProperty("k", "releasing");
        } else if (change instanceof Change.Extend extend) {
            json.addProperty("k", "extend");
            json.addProperty("x", millis(extend.total()));
        } else if (change instanceof Change.Note note) {
            json.addProperty("k", "note");
            progress(json, note.progress());
        } else if (change instanceof Change.Opened) {
            json.addProperty("k", "opened");
        } else {
            Change.Park park = (Change.Park) change;
            json.addProperty("k", "park");
            json.addProperty("who", park.by().describe());
            json.addProperty("what", park.by().command());
            json.addProperty("u", millis(park.lookAgainIn()));
            if (park.stay()) {
                json.addProperty("st", true);
            }
        }
    }

    static void progress(JsonObject json, ProfileLock.Progress progress) {
        progress.checkpoint().ifPresent(step -> json.addProperty("ck", step));
        progress.evidence().ifPresent(where -> json.addProperty("ev", where));
    }

    static Changed read(JsonObject json, Facts facts) {
        return switch (text(json, "k")) {
            case "D" -> new Changed.Noted();
            case "X" -> new Changed.Extended(facts.in(json, "e"));
            case "P" -> new Changed.Parked(json.get("pos").getAsInt());
            case "E" -> new Changed.Ended(Facts.ending(json.getAsJsonObject("e")));
            default -> new Changed.NotHeld();
        };
    }
}
