package dev.browserpool.redis.processes;

import dev.browserpool.redis.processes.Event.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Until when a worker could believe in its leases, as it changed with its signs of life. */
final class Trusted {
    private final TreeMap<Long, Long> untilSince = new TreeMap<>();

    Trusted(List<Event> events) {
        for (Event event : events) {
            if (event.kind() == Kind.TRUSTED) {
                untilSince.put(event.at(), event.number());
            }
        }
    }

    /**
     * When a lease was not valid any more, if it was never given back: before it was granted, if it was in its holder's hands too late.
     */
    long lapseAfter(long granted) {
        long until = inForceAt(granted);
        for (Map.Entry<Long, Long> renewed : untilSince.tailMap(granted, false).entrySet()) {
            if (until <= renewed.getKey()) {
                break;
            }
            until = renewed.getValue();
        }
        return until;
    }

    private long inForceAt(long at) {
        Map.Entry<Long, Long> last = untilSince.floorEntry(at);
        return last == null ? at : last.getValue();
    }
}
