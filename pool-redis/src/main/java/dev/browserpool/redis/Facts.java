package dev.browserpool.redis;

import static dev.browserpool.redis.RequestJson.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.browserpool.Holder;
import dev.browserpool.LeaseLoss;
import dev.browserpool.OperationType;
import dev.browserpool.ProfileHome;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileRecord;
import dev.browserpool.ProfileRule;
import dev.browserpool.ProfileStatus;
import dev.browserpool.SlotState;
import dev.browserpool.spi.BlockFacts;
import dev.browserpool.spi.Busy;
import dev.browserpool.spi.Ending;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.LoadTestFacts;
import dev.browserpool.spi.LoadTestRecordFacts;
import dev.browserpool.spi.LockFacts;
import dev.browserpool.spi.Pace;
import dev.browserpool.spi.ProfileFacts;
import dev.browserpool.spi.RecordFacts;
import dev.browserpool.spi.SlotFacts;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the scripts tell, with times of the pool's clock, as what crosses the seam: durations, as of one moment of that clock. */
final class Facts {
    private final long now;

    Facts(long now) {
        this.now = now;
    }

    static JsonObject object(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }

    static <T> Optional<T> part(JsonObject json, String name, Function<JsonObject, T> as) {
        return json.has(name) ? Optional.of(as.apply(json.getAsJsonObject(name))) : Optional.empty();
    }

    static Optional<String> optional(JsonObject json, String name) {
        return json.has(name) ? Optional.of(text(json, name)) : Optional.empty();
    }

    static <T> List<T> list(JsonObject json, String name, Function<JsonObject, T> as) {
        JsonArray array = json.has(name) ? json.getAsJsonArray(name) : new JsonArray();
        List<T> list = new ArrayList<>(array.size());
        for (JsonElement element : array) {
            list.add(as.apply(element.getAsJsonObject()));
        }
        return list;
    }

    static Ticket ticket(String text) {
        int slash = text.lastIndexOf('/');
        return new Ticket(text.substring(0, slash), Long.parseLong(text.substring(slash + 1)));
    }

    private Duration ago(JsonObject json, String name) {
        return Duration.ofMillis(now - json.get(name).getAsLong());
    }

    Duration in(JsonObject json, String name) {
        return Duration.ofMillis(json.get(name).getAsLong() - now);
    }

    private Optional<Duration> maybeIn(JsonObject json, String name) {
        return json.has(name) ? Optional.of(in(json, name)) : Optional.empty();
    }

    Grant grant(JsonObject json) {
        return new Grant(token(json), json.get("a").getAsLong(), in(json, "e"), part(json, "of", this::ofProfile));
    }

    private Grant.OfProfile ofProfile(JsonObject json) {
        return new Grant.OfProfile(
                lock(json.getAsJsonObject("l")),
                part(json, "rf", this::lock),
                ProfileRule.OnStale.valueOf(text(json, "os")),
                part(json, "h", Facts::home));
    }

    private static ProfileHome home(JsonObject json) {
        return new ProfileHome(text(json, "h"), token(json));
    }

    private static long token(JsonObject json) {
        return Long.parseLong(text(json, "tok"));
    }

    LockFacts lock(JsonObject json) {
        JsonObject by = json.getAsJsonObject("b");
        return new LockFacts(
                text(json, "p"),
                ProfileStatus.valueOf(text(json, "st")),
                json.get("sh").getAsBoolean(),
                new ProfileLock.Owner(
                        text(by, "id"),
                        new OperationType(text(by, "ty")),
                        optional(by, "tk"),
                        optional(by, "wk"),
                        optional(by, "ac"),
                        optional(json, "px"),
                        text(json, "m"),
                        optional(json, "h").orElse("unknown"),
                        json.has("pid") ? json.get("pid").getAsLong() : 0),
                token(json),
                new LockFacts.Times(
                        ago(json, "g"),
                        json.has("hb") ? ago(json, "hb") : Duration.ZERO,
                        maybeIn(json, "sx"),
                        in(json, "e")),
                new ProfileLock.Progress(optional(json, "ck"), optional(json, "ev")));
    }

    BlockFacts block(JsonObject json) {
        return new BlockFacts(
                text(json, "p"),
                ProfileStatus.valueOf(text(json, "st")),
                text(json, "who"),
                text(json, "why"),
                ago(json, "si"),
                maybeIn(json, "un"));
    }

    Busy busy(JsonObject json) {
        return new Busy(text(json, "p"), part(json, "o", this::lock), part(json, "b", this::block), maybeIn(json, "f"));
    }

    Wait where(JsonObject json) {
        return new Wait(
                json.get("pos").getAsInt(),
                list(json, "ho", this::holder),
                part(json, "pr", this::busy),
                pace(json.getAsJsonObject("pc")),
                part(json, "lt", this::loadTest));
    }

    static Pace pace(JsonObject json) {
        return new Pace(
                optional(json, "run").map(run -> Duration.ofMillis(Math.round(Double.parseDouble(run)))),
                json.get("n").getAsInt(),
                json.get("u").getAsInt(),
                json.get("r").getAsInt(),
                json.get("f").getAsBoolean());
    }

    LoadTestFacts loadTest(JsonObject json) {
        return new LoadTestFacts(
                optional(json, "t").map(Facts::ticket),
                text(json, "r"),
                text(json, "who"),
                ago(json, "si"),
                in(json, "un"));
    }

    LoadTestRecordFacts loadTestRecord(JsonObject json) {
        return new LoadTestRecordFacts(
                loadTest(json.getAsJsonObject("l")), ago(json, "at"), text(json, "who"), text(json, "no"));
    }

    private Holder holder(JsonObject json) {
        return new Holder(text(json, "id"), new OperationType(text(json, "ty")), ago(json, "g"));
    }

    ProfileFacts profile(JsonObject json) {
        String id = text(json, "p");
        return new ProfileFacts(
                id,
                list(json, "o", this::lock),
                part(json, "v", this::lock),
                list(json, "b", this::block),
                json.get("w").getAsInt(),
                part(json, "h", Facts::home),
                part(json, "r", rule -> rule(id, rule)).orElseGet(() -> ProfileRule.defaultFor(id)));
    }

    private static ProfileRule rule(String id, JsonObject json) {
        return new ProfileRule(
                id,
                json.get("n").getAsInt(),
                optional(json, "px"),
                ProfileRule.OnStale.valueOf(text(json, "s")),
                Duration.ofMillis(json.get("w").getAsLong()));
    }

    RecordFacts record(JsonObject json) {
        return new RecordFacts(
                text(json, "p"),
                ProfileRecord.Kind.valueOf(text(json, "k")),
                ago(json, "at"),
                text(json, "who"),
                text(json, "no"),
                part(json, "l", lock -> new RecordFacts.Owned(lock(lock), SlotState.valueOf(text(json, "s")))));
    }

    SlotFacts slot(JsonObject json) {
        JsonObject request = json.getAsJsonObject("b");
        return new SlotFacts(
                ticket(text(json, "t")),
                RequestJson.read(request),
                state(text(json, "s")),
                ago(json, "q"),
                json.has("tok")
                        ? Optional.of(
                                new SlotFacts.Held(token(json), ago(json, "g"), in(json, "e"), optional(request, "pa")))
                        : Optional.empty(),
                json.has("en")
                        ? Optional.of(new SlotFacts.Ending(ago(json, "en"), text(json, "re")))
                        : Optional.empty());
    }

    static SlotState state(String name) {
        return switch (name) {
            case "W" -> SlotState.WAITING;
            case "R" -> SlotState.RUNNING;
            case "S" -> SlotState.STOPPING;
            default -> SlotState.valueOf(name);
        };
    }

    static Ending ending(JsonObject json) {
        return new Ending(SlotState.valueOf(text(json, "s")), text(json, "m"));
    }

    static LeaseLoss loss(JsonObject json) {
        return new LeaseLoss(text(json, "id"), token(json), LeaseLoss.Reason.valueOf(text(json, "w")), text(json, "m"));
    }
}
