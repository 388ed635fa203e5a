package dev.browserpool.examples.dashboard.json;

import dev.browserpool.BrowserSlot;
import dev.browserpool.LeaseLoss;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolEvent.Ended;
import dev.browserpool.PoolEvent.Granted;
import dev.browserpool.PoolEvent.Leaked;
import dev.browserpool.PoolEvent.LoadTestEnded;
import dev.browserpool.PoolEvent.LoadTestStarted;
import dev.browserpool.PoolEvent.Paused;
import dev.browserpool.PoolEvent.ProfileChanged;
import dev.browserpool.PoolEvent.ProfileConflict;
import dev.browserpool.PoolEvent.Queued;
import dev.browserpool.PoolEvent.Refused;
import dev.browserpool.PoolEvent.Resized;
import dev.browserpool.PoolEvent.Resumed;
import dev.browserpool.PoolEvent.Stopping;
import dev.browserpool.SlotRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A pool's event as a name and a few fields. */
public final class EventJson {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private EventJson() {}

    /** Its name: {@code queued}, {@code granted}, {@code profile-conflict} and so on; those of later versions too. */
    public static String name(PoolEvent event) {
        return HUMP.matcher(event.getClass().getSimpleName()).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    /** What it says, at this moment. */
    public static Object body(PoolEvent event, Instant at) {
        if (event instanceof Queued queued) {
            return with(of(queued.request(), at), "position", queued.position());
        } else if (event instanceof Granted granted) {
            return with(of(granted.request(), at), "token", granted.token());
        } else if (event instanceof Stopping stopping) {
            LeaseLoss loss = stopping.loss();
            return with(with(of(stopping.request(), at), "cause", loss.reason().name()), "reason", loss.message());
        } else if (event instanceof Ended ended) {
            BrowserSlot slot = ended.slot();
            String reason = slot.ending().map(BrowserSlot.Ending::reason).orElse("");
            return with(with(of(slot.request(), at), "state", slot.state().name()), "reason", reason);
        } else if (event instanceof Refused refused) {
            Map<String, Object> body = of(refused.request(), at);
            return with(with(body, "cause", refused.reason().name()), "reason", refused.message());
        } else if (event instanceof ProfileConflict conflict) {
            return ConflictJson.of(conflict, at);
        } else if (event instanceof ProfileChanged changed) {
            return with(
                    with(at(at), "profileId", changed.record().profileId()), "record", RecordJson.of(changed.record()));
        } else if (event instanceof Leaked leaked) {
            return with(of(leaked.request(), at), "token", leaked.token());
        }
        return ofPool(event, at);
    }

    private static Map<String, Object> ofPool(PoolEvent event, Instant at) {
        if (event instanceof Resized resized) {
            return with(with(at(at), "from", resized.from()), "to", resized.to());
        } else if (event instanceof Paused paused) {
            return with(at(at), "reason", paused.reason());
        } else if (event instanceof Resumed) {
            return at(at);
        } else if (event instanceof LoadTestStarted started) {
            return with(at(at), "loadTest", LoadTestJson.of(started.test()));
        } else if (event instanceof LoadTestEnded ended) {
            return with(with(at(at), "loadTest", LoadTestJson.of(ended.test())), "reason", ended.reason());
        }
        return with(at(at), "text", event.toString());
    }

    private static Map<String, Object> of(SlotRequest request, Instant at) {
        Map<String, Object> body = with(at(at), "requestId", request.requestId());
        with(body, "type", request.type().name());
        request.profile().ifPresent(claim -> with(body, "profileId", claim.profileId()));
        return body;
    }

    private static Map<String, Object> at(Instant at) {
        return with(new LinkedHashMap<>(), "at", at);
    }

    private static Map<String, Object> with(Map<String, Object> body, String name, Object value) {
        body.put(name, value);
        return body;
    }
}
