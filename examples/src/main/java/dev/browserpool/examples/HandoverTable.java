package dev.browserpool.examples;

import dev.browserpool.BrowserSlot;
import dev.browserpool.examples.distributed.Handover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What became of the slot and the profile of the worker that was killed: one line for each thing that happened, since the kill. */
final class HandoverTable {
    private final Handover handover;
    private final Optional<Instant> browserLastSeen;

    private record Row(String since, String what, String who) {}

    HandoverTable(Handover handover, Optional<Instant> browserLastSeen) {
        this.handover = handover;
        this.browserLastSeen = browserLastSeen;
    }

    String text() {
        return Tables.of(
                rows(),
                List.of(
                        Tables.right("since the kill").with(Row::since),
                        Tables.left("what").with(Row::what),
                        Tables.left("who").with(Row::who)));
    }

    private List<Row> rows() {
        String killed = handover.killing().workerId() + ", process "
                + handover.killing().processId();
        String profile = handover.last().profileId();
        List<Row> rows = new ArrayList<>(List.of(
                row(handover.last().acquiredAt(), "has a slot and " + profile, by(handover.lost())),
                row(handover.killing().at(), "is killed with -9, '" + checkpoint() + "'", killed)));
        browserLastSeen.ifPresent(at -> rows.add(row(at, "is seen for the last time", "its browser")));
        rows.add(row(handover.givenUpAt(), "is given up, its lease is told to stop", killed));
        rows.add(row(handover.passedAt(), "are free: nobody has confirmed the stop", "slot and profile"));
        handover.next().ifPresent(next -> rows.add(row(granted(next), "gets the slot", by(next))));
        handover.heir().ifPresent(heir -> {
            rows.add(row(granted(heir), "recovers " + profile, by(heir)));
            heir.ending().ifPresent(end -> rows.add(row(end.endedAt(), "gives it back", by(heir))));
        });
        return rows;
    }

    private String checkpoint() {
        return handover.last().progress().checkpoint().orElse("");
    }

    private Row row(Instant at, String what, String who) {
        double seconds = Duration.between(handover.killing().at(), at).toMillis() / 1000.0;
        return new Row(String.format(Locale.ROOT, "%+.1f s", seconds), what, who);
    }

    private static Instant granted(BrowserSlot slot) {
        return slot.grant().orElseThrow().grantedAt();
    }

    static String by(BrowserSlot slot) {
        return slot.requestId()
                + slot.request().workerId().map(worker -> " on " + worker).orElse("");
    }
}
