package dev.browserpool.redis.processes;

import dev.browserpool.redis.processes.Event.Kind;
import dev.browserpool.redis.processes.Tenure.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one worker logged, and how it ended.
 *
 * @param events in the order of its file
 * @param endedAt when its process was killed, or {@link Tenure#NEVER}
 * @param readAt when the log was read
 */
record WorkerLog(String worker, List<Event> events, long endedAt, long readAt) {

    /**
     * Its requests, in the order in which they were asked for.
     *
     * @param kept how long after the end of local validity the store keeps a slot at the least
     */
    List<Tenure> tenures(Duration kept) {
        Map<String, List<Event>> byRequest = new LinkedHashMap<>();
        for (Event event : events) {
            if (!event.request().isEmpty()) {
                byRequest
                        .computeIfAbsent(event.request(), id -> new ArrayList<>())
                        .add(event);
            }
        }
        Trusted trusted = new Trusted(events);
        return byRequest.values().stream()
                .map(life -> tenure(life, trusted, kept.toNanos()))
                .toList();
    }

    private Tenure tenure(List<Event> life, Trusted trusted, long kept) {
        Event asked = life.get(0);
        Event granted = first(life, Kind.GRANTED);
        Event failed = first(life, Kind.FAILED);
        long over = Math.min(endedAt, readAt);
        if (granted == null) {
            End end = failed != null ? End.FAILED : endedAt == Tenure.NEVER ? End.OPEN : End.KILLED;
            long until = failed != null ? failed.at() : over;
            return new Tenure(
                    worker,
                    asked.request(),
                    asked.text(),
                    asked.at(),
                    Tenure.NEVER,
                    Tenure.NEVER,
                    0,
                    0,
                    0,
                    until,
                    end,
                    note(failed));
        }
        Event returning = first(life, Kind.RETURNING);
        Event lost = first(life, Kind.LOST);
        Event invalid = first(life, Kind.INVALID);
        long lapse = trusted.lapseAfter(granted.at());
        long holding = Math.min(at(returning), over);
        long valid = Math.min(Math.min(holding, lapse), at(lost));
        if (invalid != null && invalid.at() < lapse) {
            valid = Math.min(valid, invalid.number());
        }
        return new Tenure(
                worker,
                asked.request(),
                asked.text(),
                asked.at(),
                inLine(life, trusted, granted.at()),
                granted.at(),
                granted.number(),
                Math.max(valid, granted.at()),
                Math.max(Math.min(at(returning), Math.min(lapse + kept, readAt)), granted.at()),
                granted.at(),
                end(returning, lost, invalid, lapse),
                note(lost));
    }

    /** A member that was silent for too long is given up, and its requests lose their places. */
    private static long inLine(List<Event> life, Trusted trusted, long granted) {
        long queued = at(first(life, Kind.QUEUED));
        return queued < granted && trusted.lapseAfter(queued) > granted ? queued : Tenure.NEVER;
    }

    private End end(Event returning, Event lost, Event invalid, long lapse) {
        long noticed = Math.min(at(lost), at(invalid));
        if (noticed < at(returning) || (noticed != Tenure.NEVER && returning == null)) {
            return noticed < lapse ? End.TAKEN : End.LAPSED;
        }
        if (returning != null) {
            return End.RETURNED;
        }
        return endedAt == Tenure.NEVER ? End.OPEN : End.KILLED;
    }

    private static Event first(List<Event> life, Kind kind) {
        return life.stream().filter(event -> event.kind() == kind).findFirst().orElse(null);
    }

    private static long at(Event event) {
        return event == null ? Tenure.NEVER : event.at();
    }

    private static String note(Event event) {
        return event == null ? "" : event.text();
    }
}
