package dev.browserpool.engine;

import dev.browserpool.PoolEvent.ProfileConflict;
import dev.browserpool.PoolEvent.ProfileConflict.Decision;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.ProfileLock;
import dev.browserpool.spi.BlockFacts;
import dev.browserpool.spi.Busy;
import dev.browserpool.spi.LockFacts;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of requests that met a profile in other hands: one event and one structured line in the log for each. */
final class Conflicts {
    private static final Logger log = LoggerFactory.getLogger(Conflicts.class);

    private final EventBus events;
    private final Views views;

    Conflicts(EventBus events, Views views) {
        this.events = events;
        this.views = views;
    }

    /** Under the request's lock, which makes it happen once. */
    void met(Hold hold, Busy busy, Decision decision, Detector by) {
        boolean told = by == Detector.LEDGER ? hold.conflictTold : hold.outsideTold;
        if (told) {
            return;
        }
        if (by == Detector.LEDGER) {
            hold.conflictTold = true;
        } else {
            hold.outsideTold = true;
        }
        events.publish(() -> new ProfileConflict(
                hold.request,
                busy.owner().map(views::lock),
                busy.block().map(views::block),
                decision,
                busy.freeIn().map(views::in),
                by));
        write(hold, busy, decision, by);
    }

    private static void write(Hold hold, Busy busy, Decision decision, Detector by) {
        Optional<ProfileLock.Owner> owner = busy.owner().map(LockFacts::owner);
        Optional<String> blocker = busy.block().map(BlockFacts::who);
        log.atInfo()
                .addKeyValue("event", "profile_conflict")
                .addKeyValue("profile_id", busy.profileId())
                .addKeyValue("blocked_task_id", hold.request.taskId().orElse(hold.id()))
                .addKeyValue(
                        "current_task_id",
                        owner.map(o -> o.taskId().orElse(o.requestId())).orElse(""))
                .addKeyValue(
                        "current_worker_id",
                        owner.flatMap(ProfileLock.Owner::workerId)
                                .or(() -> blocker)
                                .orElse(""))
                .addKeyValue("decision", name(decision))
                .addKeyValue(
                        "next_check_seconds",
                        busy.freeIn()
                                .<Object>map(in -> Math.max(0, in.toSeconds()))
                                .orElse(""))
                .addKeyValue("detected_by", name(by))
                .log("profile conflict");
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
