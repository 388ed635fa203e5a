package dev.browserpool.benchmarks.scale;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * From a release to the grant that it made possible, of many at once. A token is the server's clock when the grant was decided, in
 * microseconds, and on one host that is this process' clock too: so a grant belongs to a release that was under way at that moment. If several
 * were, it is given to the one that was over first, which keeps the sum right and can swap neighbours.
 */
final class HandOvers {
    private static final int DIGITS = 3;
    /** By how much two readings of one clock may differ. */
    private static final long SLACK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final Queue<Release> releases = new ConcurrentLinkedQueue<>();
    private final Queue<Grant> grants = new ConcurrentLinkedQueue<>();
    /** What to add to a wall clock's nanoseconds to get those of {@link System#nanoTime()}. */
    private final long offset;

    HandOvers() {
        Instant now = Instant.now();
        offset = System.nanoTime() - TimeUnit.SECONDS.toNanos(now.getEpochSecond()) - now.getNano();
    }

    private record Release(long begin, long end) {}

    private record Grant(long decided, long seen) {}

    /**
     * In nanoseconds.
     *
     * @param whole from the call of {@code close} to the next one's having the lease
     * @param release how long {@code close} took
     * @param told from the decision in the server to the next one's having the lease
     */
    record Times(Histogram whole, Histogram release, Histogram told) {}

    /** A release began and ended, by {@link System#nanoTime()}. */
    void released(long begin, long end) {
        releases.add(new Release(begin, end));
    }

    /** A grant was seen, by {@link System#nanoTime()}. */
    void granted(long token, long seen) {
        grants.add(new Grant(TimeUnit.MICROSECONDS.toNanos(token) + offset, seen));
    }

    /** Forgets what came so far. */
    void clear() {
        releases.clear();
        grants.clear();
    }

    int count() {
        return grants.size();
    }

    Times times() {
        Times times = new Times(new Histogram(DIGITS), new Histogram(DIGITS), new Histogram(DIGITS));
        List<Release> begun = new ArrayList<>(releases);
        begun.sort(Comparator.comparingLong(Release::begin));
        begun.forEach(release -> times.release.recordValue(release.end - release.begin));
        PriorityQueue<Release> underWay = new PriorityQueue<>(Comparator.comparingLong(Release::end));
        int next = 0;
        List<Grant> decided = new ArrayList<>(grants);
        decided.sort(Comparator.comparingLong(Grant::decided));
        for (Grant grant : decided) {
            times.told.recordValue(Math.max(0, grant.seen - grant.decided));
            while (next < begun.size() && begun.get(next).begin <= grant.decided + SLACK_NANOS) {
                underWay.add(begun.get(next++));
            }
            while (!underWay.isEmpty() && underWay.element().end < grant.decided - SLACK_NANOS) {
                underWay.remove();
            }
            if (!underWay.isEmpty()) {
                times.whole.recordValue(Math.max(0, grant.seen - underWay.remove().begin));
            }
        }
        return times;
    }
}
