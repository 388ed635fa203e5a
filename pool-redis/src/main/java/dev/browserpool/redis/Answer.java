package dev.browserpool.redis;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What a changing script answered: {@code result, now, next due, more, messages sent, signals…}.
 *
 * @param json the result; null in JSON if there is no such pool
 */
record Answer(JsonElement json, Facts facts, Duration nextDue, boolean more, long sent, List<Signal> signals) {
    private static final Duration NEVER = Duration.ofNanos(Long.MAX_VALUE / 2);
    private static final int FIXED = 5;

    static Answer of(List<?> raw) {
        Facts facts = new Facts(Long.parseLong(raw.get(1).toString()));
        List<Signal> signals = new ArrayList<>(raw.size() - FIXED);
        for (Object told : raw.subList(FIXED, raw.size())) {
            signals.add(Told.signal(Facts.object(told.toString()), facts));
        }
        String due = raw.get(2).toString();
        return new Answer(
                JsonParser.parseString(raw.get(0).toString()),
                facts,
                due.isEmpty() ? NEVER : Duration.ofMillis(Long.parseLong(due)),
                !raw.get(3).toString().equals("0"),
                Long.parseLong(raw.get(4).toString()),
                signals);
    }

    /**
     * The reply, with the result read.
     *
     * @throws StoreUnavailableException if the store has forgotten this member, or the whole pool, and the member has not come back yet
     */
    <T> Reply<T> reply(BiFunction<JsonObject, Facts, T> read) {
        if (json.isJsonNull() || RequestJson.text(json.getAsJsonObject(), "k").equals("?")) {
            throw new StoreUnavailableException(
                    "the store has forgotten what this member has: it was restarted, or has lost its data; the member comes back to it");
        }
        return new Reply<>(read.apply(json.getAsJsonObject(), facts), signals, nextDue, more);
    }

    /** The reply, with the result read; with the other one, if there is no such pool. */
    <T> Reply<T> reply(BiFunction<JsonObject, Facts, T> read, T ifThereIsNone) {
        T result = json.isJsonNull() ? ifThereIsNone : read.apply(json.getAsJsonObject(), facts);
        return new Reply<>(result, signals, nextDue, more);
    }
}
