package dev.browserpool.redis.processes;

import dev.browserpool.redis.processes.Event.Kind;
import java.util.ArrayList;
import java.util.List;

/** Writes a worker's log for a test of the judge, in milliseconds. */
final class WorkerLogs {
    private static final long READ_AT = 60_000;

    private final String worker;
    private final List<Event> events = new ArrayList<>();
    private long killedAt = Tenure.NEVER;

    private WorkerLogs(String worker) {
        this.worker = worker;
    }

    /** A worker that trusts its leases until the end of time. */
    static WorkerLogs of(String worker) {
        return new WorkerLogs(worker).at(0, Kind.TRUSTED, "", nanos(10 * READ_AT), "");
    }

    static long nanos(long millis) {
        return millis * 1_000_000;
    }

    private WorkerLogs at(long millis, Kind kind, String request, long number, String text) {
        events.add(new Event(nanos(millis), kind, request, number, text));
        return this;
    }

    WorkerLogs trusts(long at, long until) {
        return at(at, Kind.TRUSTED, "", nanos(until), "");
    }

    WorkerLogs asks(long at, String request) {
        return at(at, Kind.ASKED, request, 0, "");
    }

    WorkerLogs asksFor(String profile, long at, String request) {
        return at(at, Kind.ASKED, request, 0, profile);
    }

    WorkerLogs isInLine(long at, String request) {
        return at(at, Kind.QUEUED, request, 0, "");
    }

    WorkerLogs gets(long at, String request, long token) {
        return at(at, Kind.GRANTED, request, token, "");
    }

    WorkerLogs isRefused(long at, String request) {
        return at(at, Kind.FAILED, request, 0, "QueueFullException: full");
    }

    WorkerLogs hearsOfLoss(long at, String request) {
        return at(at, Kind.LOST, request, 0, "LOST somehow");
    }

    WorkerLogs findsInvalid(long at, String request, long validAt) {
        return at(at, Kind.INVALID, request, nanos(validAt), "");
    }

    WorkerLogs returns(long at, String request) {
        return at(at, Kind.RETURNING, request, 0, "").at(at, Kind.RETURNED, request, 0, "");
    }

    /** A whole life of a request. */
    WorkerLogs holds(long asked, long granted, long returned, String request, long token) {
        return asks(asked, request).gets(granted, request, token).returns(returned, request);
    }

    WorkerLogs isKilled(long at) {
        killedAt = nanos(at);
        return this;
    }

    WorkerLog log() {
        return new WorkerLog(worker, List.copyOf(events), killedAt, nanos(READ_AT));
    }
}
