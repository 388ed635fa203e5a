package dev.browserpool.redis;

import static dev.browserpool.redis.RequestJson.millis;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.browserpool.LeaseLoss;
import dev.browserpool.OperationType;
import dev.browserpool.spi.Claims;
import dev.browserpool.spi.LoadTestFacts;
import dev.browserpool.spi.Ticket;
import java.util.HashSet;
import java.util.Set;

/** What a member comes back with, as the script takes and answers it. */
final class Claimed {
    private Claimed() {}

    static void write(JsonObject json, Claims claims) {
        JsonArray leases = new JsonArray();
        claims.leases().forEach(lease -> leases.add(lease(lease)));
        json.add("l", leases);
        JsonArray line = new JsonArray();
        claims.line().forEach(place -> {
            JsonObject claim = claimant(place.claimant());
            claim.addProperty("pt", Long.toString(place.parkedToken()));
            line.add(claim);
        });
        json.add("w", line);
        json.addProperty("nt", Long.toString(claims.newestToken()));
        claims.loadTest().ifPresent(test -> json.add("lt", loadTest(test)));
        if (claims.last()) {
            json.addProperty("z", true);
        }
    }

    private static JsonObject claimant(Claims.Claimant claimant) {
        JsonObject json = RequestJson.of(claimant.ticket());
        json.add("b", RequestJson.write(claimant.request(), claimant.maxDuration()));
        json.addProperty("a", claimant.arrival());
        json.addProperty("q", millis(claimant.requestedAgo()));
        if (OperationType.standard().contains(claimant.request().type())) {
            json.addProperty("d", true);
        }
        return json;
    }

    private static JsonObject lease(Claims.Lease lease) {
        JsonObject json = claimant(lease.claimant());
        json.addProperty("tok", Long.toString(lease.token()));
        json.addProperty("g", millis(lease.grantedAgo()));
        json.addProperty("e", lease.endsIn().toMillis());
        json.addProperty("x", millis(lease.extended()));
        if (lease.isSure()) {
            json.addProperty("su", true);
        }
        if (lease.opened()) {
            json.addProperty("op", true);
        }
        Changes.progress(json, lease.progress());
        lease.loss().ifPresent(loss -> json.add("los", loss(loss)));
        return json;
    }

    private static JsonObject loadTest(LoadTestFacts test) {
        JsonObject json = RequestJson.of(test.holder().orElseThrow());
        json.addProperty("r", test.runId());
        json.addProperty("who", test.who());
        json.addProperty("g", millis(test.since()));
        json.addProperty("e", test.endsIn().toMillis());
        return json;
    }

    private static JsonObject loss(LeaseLoss loss) {
        JsonObject json = new JsonObject();
        json.addProperty("w", loss.reason().name());
        json.addProperty("m", loss.message());
        return json;
    }

    static Set<Ticket> refused(JsonObject result) {
        Set<Ticket> refused = new HashSet<>();
        if (result.has("no")) {
            for (JsonElement ticket : result.getAsJsonArray("no")) {
                refused.add(Facts.ticket(ticket.getAsString()));
            }
        }
        return refused;
    }
}
