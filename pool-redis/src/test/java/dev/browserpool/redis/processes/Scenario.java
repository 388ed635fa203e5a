package dev.browserpool.redis.processes;

import java.util.Locale;

/** Everything that is done to the pool. The tests do it once and for seconds, the long form again and again. */
enum Scenario {
    MEMBERS_KILLED(Timing.Kind.SHORT),
    MEMBERS_STOPPED(Timing.Kind.SHORT),
    LINK_CUT(Timing.Kind.SHORT),
    MESSAGES_LOST(Timing.Kind.SHORT),
    SUBSCRIBERS_KILLED(Timing.Kind.SHORT),
    EVERYBODY_KILLED(Timing.Kind.SHORT),
    SCRIPTS_FLUSHED(Timing.Kind.SHORT),
    SERVER_PAUSED(Timing.Kind.SHORT),
    SERVER_FROZEN(Timing.Kind.SHORT),
    OUT_OF_MEMORY(Timing.Kind.STEADY),
    CLOCK_JUMPS(Timing.Kind.STEADY),
    RESTARTED_EMPTY(Timing.Kind.FORGETFUL),
    RESTARTED_FROM_SNAPSHOT(Timing.Kind.FORGETFUL),
    RESTARTED_FROM_LOG(Timing.Kind.FORGETFUL),
    FLUSHED(Timing.Kind.FORGETFUL),
    REPLICA_PROMOTED(Timing.Kind.FORGETFUL);

    private final Timing.Kind times;

    Scenario(Timing.Kind times) {
        this.times = times;
    }

    Timing timing() {
        return Timing.of(times);
    }

    /** As the report calls it. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Runs it once: a trial of the size of the plan. */
    Verdict run(Plan plan) throws Exception {
        return switch (this) {
            case MEMBERS_KILLED -> MemberFaults.killed(plan);
            case MEMBERS_STOPPED -> MemberFaults.stopped(plan);
            case LINK_CUT -> LinkFaults.cut(plan);
            case MESSAGES_LOST -> LinkFaults.messagesLost(plan);
            case SUBSCRIBERS_KILLED -> LinkFaults.subscribersKilled(plan);
            case EVERYBODY_KILLED -> LinkFaults.everybodyKilled(plan);
            case SCRIPTS_FLUSHED -> ServerFaults.scriptsFlushed(plan);
            case SERVER_PAUSED -> ServerFaults.paused(plan);
            case SERVER_FROZEN -> ServerFaults.frozen(plan);
            case OUT_OF_MEMORY -> ServerFaults.outOfMemory(plan);
            case CLOCK_JUMPS -> ServerFaults.clockJumps(plan);
            case RESTARTED_EMPTY -> DataFaults.restartedEmpty(plan);
            case RESTARTED_FROM_SNAPSHOT -> DataFaults.restartedFromSnapshot(plan);
            case RESTARTED_FROM_LOG -> DataFaults.restartedFromLog(plan);
            case FLUSHED -> DataFaults.flushed(plan);
            case REPLICA_PROMOTED -> DataFaults.promoted(plan);
        };
    }
}
