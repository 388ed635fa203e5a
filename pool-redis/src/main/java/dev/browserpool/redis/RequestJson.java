package dev.browserpool.redis;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.browserpool.OperationType;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A request as it stands in the store. */
final class RequestJson {
    private RequestJson() {}

    /** What is to be said of a request begins with its name. */
    static JsonObject of(Ticket ticket) {
        JsonObject json = new JsonObject();
        json.addProperty("t", text(ticket));
        return json;
    }

    static String text(Ticket ticket) {
        return ticket.member() + "/" + ticket.number();
    }

    static JsonObject write(SlotRequest request, Duration maxDuration) {
        JsonObject json = new JsonObject();
        json.addProperty("id", request.requestId());
        json.addProperty("ty", request.type().name());
        json.addProperty("md", millis(maxDuration));
        put(json, "de", request.description());
        put(json, "to", request.timeout().map(Duration::toString));
        put(json, "mx", request.maxDuration().map(Duration::toString));
        put(json, "tk", request.taskId());
        put(json, "wk", request.workerId());
        put(json, "ac", request.accountId());
        put(json, "px", request.proxyId());
        put(json, "pa", request.parentRequestId());
        put(json, "aa", request.allowedActions().map(actions -> String.join(",", actions)));
        request.profile().ifPresent(claim -> json.add("pr", claim(claim)));
        if (!request.labels().isEmpty()) {
            JsonObject labels = new JsonObject();
            request.labels().forEach(labels::addProperty);
            json.add("lb", labels);
        }
        return json;
    }

    /** A part of a millisecond counts as a whole one. */
    static long millis(Duration duration) {
        Duration rest = duration.minusMillis(duration.toMillis());
        return duration.toMillis() + (rest.isZero() ? 0 : 1);
    }

    private static JsonObject claim(ProfileClaim claim) {
        JsonObject json = new JsonObject();
        json.addProperty("id", claim.profileId());
        json.addProperty("m", claim.isExclusive() ? "x" : "s");
        json.addProperty("c", claim.onConflict() == ProfileClaim.OnConflict.REFUSE ? "r" : "w");
        if (claim.mayCreate()) {
            json.addProperty("n", true);
        }
        return json;
    }

    private static void put(JsonObject json, String name, Optional<String> value) {
        value.ifPresent(text -> json.addProperty(name, text));
    }

    static SlotRequest read(JsonObject json) {
        SlotRequest.Builder request = SlotRequest.builder(text(json, "id"), new OperationType(text(json, "ty")));
        take(json, "de", request::description);
        take(json, "to", text -> request.timeout(Duration.parse(text)));
        take(json, "mx", text -> request.maxDuration(Duration.parse(text)));
        take(json, "tk", request::taskId);
        take(json, "wk", request::workerId);
        take(json, "ac", request::accountId);
        take(json, "px", request::proxyId);
        take(json, "pa", request::under);
        take(json, "aa", text -> request.allowedActions(actions(text)));
        if (json.has("pr")) {
            request.profile(claim(json.getAsJsonObject("pr")));
        }
        if (json.has("lb")) {
            for (Map.Entry<String, JsonElement> label :
                    json.getAsJsonObject("lb").entrySet()) {
                request.label(label.getKey(), label.getValue().getAsString());
            }
        }
        return request.build();
    }

    private static ProfileClaim claim(JsonObject json) {
        String id = text(json, "id");
        ProfileClaim claim = text(json, "m").equals("x") ? ProfileClaim.exclusive(id) : ProfileClaim.shared(id);
        claim = text(json, "c").equals("r") ? claim.refuseOnConflict() : claim;
        return json.has("n") ? claim.createIfMissing() : claim;
    }

    private static Set<String> actions(String text) {
        return text.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(text.split(",")));
    }

    private static void take(JsonObject json, String name, Consumer<String> to) {
        if (json.has(name)) {
            to.accept(text(json, name));
        }
    }

    static String text(JsonObject json, String name) {
        return json.get(name).getAsString();
    }
}
