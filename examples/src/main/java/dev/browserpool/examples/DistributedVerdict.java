package dev.browserpool.examples;

import dev.browserpool.BrowserSlot;
import dev.browserpool.examples.distributed.Handover;
import dev.browserpool.examples.distributed.SharedPool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The checks that the demo makes of a run over several JVMs. */
final class DistributedVerdict {
    /** How much later than promised a busy machine may be. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    private final RunFacts facts;
    private final Distributed more;

    /**
     * What is known of such a run beside what is known of every run.
     *
     * @param handover what became of what the killed worker held; empty if none was killed
     * @param browserLastSeen when its browser was last seen
     * @param strangers who is left in the store beside the one who asked: members, leases and waiters
     * @param leftBehind files and directories that should be gone
     */
    record Distributed(
            Optional<Handover> handover,
            Optional<Instant> browserLastSeen,
            List<String> strangers,
            List<String> leftBehind) {}

    DistributedVerdict(RunFacts facts, Distributed more) {
        this.facts = facts;
        this.more = more;
    }

    List<Check> checks() {
        Verdict all = new Verdict(facts);
        List<Check> checks = new ArrayList<>(
                List.of(all.carts(), all.limit(), all.oneBrowserPerProfile(), all.memory(), all.failures()));
        more.handover().ifPresent(handover -> {
            checks.add(passedInTime(handover));
            checks.add(browserWasGone(handover));
            checks.add(recovered(handover));
        });
        checks.add(storeIsEmpty());
        checks.add(nothingLeft());
        return checks;
    }

    /** Its last sign of life may be a third of its time to live old when it dies. */
    private static Check passedInTime(Handover handover) {
        Duration most = SharedPool.MEMBER_TTL.plus(SharedPool.STOP_GRACE).plus(SLACK);
        Duration took = handover.took();
        return new Check(
                "the killed worker's slot passed on in time, and not too soon",
                took.compareTo(SharedPool.STOP_GRACE) >= 0 && took.compareTo(most) <= 0,
                "after " + ResultTable.seconds(took) + ", between " + ResultTable.seconds(SharedPool.STOP_GRACE)
                        + " and " + ResultTable.seconds(most));
    }

    private Check browserWasGone(Handover handover) {
        Optional<Instant> last = more.browserLastSeen();
        return new Check(
                "its browser was gone before that",
                last.filter(handover.passedAt()::isAfter).isPresent(),
                last.map(at -> Duration.between(handover.killing().at(), at))
                        .map(after -> "last seen " + ResultTable.seconds(after) + " after the kill")
                        .orElse("it was never seen"));
    }

    private static Check recovered(Handover handover) {
        Optional<BrowserSlot> heir = handover.heir();
        String checkpoint = handover.last().progress().checkpoint().orElse("");
        return new Check(
                handover.last().profileId() + " was recovered from "
                        + handover.killing().workerId(),
                heir.isPresent() && checkpoint.equals(Handover.LAST_CHECKPOINT),
                heir.map(it -> "by " + HandoverTable.by(it) + ", last checkpoint '" + checkpoint + "'")
                        .orElse("nobody recovered it"));
    }

    private Check storeIsEmpty() {
        return new Check(
                "nobody is left in the store",
                more.strangers().isEmpty(),
                more.strangers().isEmpty()
                        ? "no member, no lease, nobody in line"
                        : String.join(", ", more.strangers()));
    }

    private Check nothingLeft() {
        List<String> left = new ArrayList<>(facts.processes().stillRunning());
        left.addAll(more.leftBehind());
        return new Check(
                "nothing is left behind",
                left.isEmpty(),
                left.isEmpty()
                        ? "no worker, no browser, no driver, no Redis, no temporary directory"
                        : left.size() + " things, the first: " + left.get(0));
    }
}
