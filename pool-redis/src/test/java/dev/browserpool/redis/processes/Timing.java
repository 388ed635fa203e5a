package dev.browserpool.redis.processes;

import java.time.Duration;

/**
 * The times of a trial, in ms.
 *
 * @param slackMillis by how much a busy machine may be late, on top of what the pool promises
 */
record Timing(
        int memberTtlMillis,
        int stopGraceMillis,
        int pollIntervalMillis,
        int socketTimeoutMillis,
        int recoveryWindowMillis,
        int slackMillis) {

    /** For what. */
    enum Kind {
        SHORT,
        /** Nothing may lapse, however busy the machine is. */
        STEADY,
        /** A store that forgets: members have time to come back, however busy the machine is, before anything is granted or lost. */
        FORGETFUL
    }

    static final Timing SHORT = new Timing(2_000, 500, 100, 500, 100, 2_500);
    static final Timing STEADY = new Timing(4_000, 500, 100, 500, 100, 2_500);
    static final Timing FORGETFUL = new Timing(4_000, 500, 100, 500, 2_000, 2_500);

    static Timing of(Kind kind) {
        return switch (kind) {
            case SHORT -> SHORT;
            case STEADY -> STEADY;
            case FORGETFUL -> FORGETFUL;
        };
    }

    Duration memberTtl() {
        return Duration.ofMillis(memberTtlMillis);
    }

    Duration stopGrace() {
        return Duration.ofMillis(stopGraceMillis);
    }

    Duration pollInterval() {
        return Duration.ofMillis(pollIntervalMillis);
    }

    Duration socketTimeout() {
        return Duration.ofMillis(socketTimeoutMillis);
    }

    Duration recoveryWindow() {
        return Duration.ofMillis(recoveryWindowMillis);
    }

    Duration slack() {
        return Duration.ofMillis(slackMillis);
    }

    /** By when a slot that nobody validly holds has gone to somebody who waits. */
    Duration bound() {
        return memberTtl().plus(stopGrace()).plus(pollInterval()).plus(slack());
    }

    /** How long after the end of local validity the store keeps a slot for its silent holder, at the least. It counts whole ms. */
    Duration keptAfterValidity() {
        return memberTtl().dividedBy(10).plus(stopGrace()).minusMillis(2);
    }
}
