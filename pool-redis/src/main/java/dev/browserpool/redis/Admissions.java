package dev.browserpool.redis;

import static dev.browserpool.redis.RequestJson.text;

import com.google.gson.JsonObject;
import dev.browserpool.RefusalReason;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Refusal;

/** What became of a request that was submitted, as the script tells it. */
final class Admissions {
    private Admissions() {}

    static Admission read(JsonObject json, Facts facts) {
        return switch (text(json, "k")) {
            case "G" -> new Admission.Granted(facts.grant(json.getAsJsonObject("g")));
            case "Q" ->
                new Admission.Queued(
                        json.get("pos").getAsInt(), json.get("a").getAsLong(), Facts.part(json, "c", facts::busy));
            case "R" -> new Admission.Refused(refusal(json, facts), Facts.part(json, "c", facts::busy));
            default -> new Admission.NotJoined(text(json, "e"));
        };
    }

    private static Refusal refusal(JsonObject json, Facts facts) {
        return switch (RefusalReason.valueOf(text(json, "r"))) {
            case WOULD_WAIT -> new Refusal.WouldWait(facts.where(json.getAsJsonObject("w")));
            case LINE_FULL, PROFILE_LINE_FULL ->
                new Refusal.LineFull(json.get("n").getAsInt(), json.get("max").getAsInt(), Facts.optional(json, "p"));
            case DUPLICATE_ID -> new Refusal.DuplicateId(Facts.state(text(json, "s")));
            case PROFILE_CONFLICT ->
                new Refusal.Conflict(Facts.part(json, "c", facts::busy).orElseThrow());
            case PROFILE_QUARANTINED -> new Refusal.Quarantined(facts.block(json.getAsJsonObject("q")));
            case PROXY_MISMATCH -> new Refusal.OtherProxy(text(json, "p"), text(json, "as"), text(json, "rq"));
            case PARENT_NOT_RUNNING -> new Refusal.ParentNotRunning(text(json, "pa"));
            case LOAD_TEST -> new Refusal.LoadTest(facts.loadTest(json.getAsJsonObject("lt")));
            case HOST_OVERLOADED, GATE_CLOSED -> throw new IllegalStateException("gates are asked before the ledger");
        };
    }
}
