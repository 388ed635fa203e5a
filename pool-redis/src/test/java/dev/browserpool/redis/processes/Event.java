package dev.browserpool.redis.processes;

import java.util.List;

/**
 * Something that happened in a worker, as one line of its log.
 *
 * @param at {@link System#nanoTime}, which all processes of a host share
 * @param request the request that it is about, or empty
 * @param number depends on the kind
 * @param text depends on the kind
 */
record Event(long at, Kind kind, String request, long number, String text) {
    private static final String TAB = "\t";
    private static final int FIELDS = 5;

    /** What can happen. */
    enum Kind {
        /** The worker's pool is open. */
        JOINED,
        /** By its own clocks the worker may believe in its leases until {@code number}. */
        TRUSTED,
        /** A request is about to be sent; {@code text} is the profile that it claims for itself, or empty. */
        ASKED,
        /** The request is known to stand in line. */
        QUEUED,
        /** A lease is in its holder's hands; {@code number} is its token. */
        GRANTED,
        /** The lease is not valid any more; at {@code number} it still was. */
        INVALID,
        /** The holder was told that it lost the lease; {@code text} says why. */
        LOST,
        /** The holder is about to give the lease back. */
        RETURNING,
        /** The lease is given back. */
        RETURNED,
        /** The request was not granted; {@code text} is the exception. */
        FAILED,
        /** The pool is closed. */
        LEFT
    }

    String line() {
        String printable = text.replaceAll("\\s+", " ");
        return String.join(TAB, Long.toString(at), kind.name(), request, Long.toString(number), printable);
    }

    static Event parse(String line) {
        List<String> fields = List.of(line.split(TAB, FIELDS));
        return new Event(
                Long.parseLong(fields.get(0)),
                Kind.valueOf(fields.get(1)),
                fields.get(2),
                Long.parseLong(fields.get(3)),
                fields.get(4));
    }
}
