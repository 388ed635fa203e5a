package dev.browserpool.redis;

import static dev.browserpool.redis.RequestJson.text;

import com.google.gson.JsonObject;
import dev.browserpool.spi.Signal;
import dev.browserpool.spi.Ticket;
import java.util.Optional;

/** What a script decided about a request, for its member: in the reply of that member's own call, or as a message. */
final class Told {
    private Told() {}

    /** A message bears the time at which it was sent. Empty if it says no more than that members have to come back. */
    static Optional<Signal> message(String json) {
        JsonObject told = Facts.object(json);
        return text(told, "k").equals("J")
                ? Optional.empty()
                : Optional.of(signal(told, new Facts(told.get("n").getAsLong())));
    }

    static Signal signal(JsonObject told, Facts facts) {
        Ticket ticket = Facts.ticket(text(told, "t"));
        return switch (text(told, "k")) {
            case "G" -> new Signal.Granted(ticket, facts.grant(told.getAsJsonObject("g")));
            case "S" -> new Signal.Stopping(ticket, Facts.loss(told.getAsJsonObject("l")));
            default -> new Signal.Ended(ticket, Facts.ending(told));
        };
    }
}
