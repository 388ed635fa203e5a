package dev.browserpool.memory;

import dev.browserpool.ProfileStatus;

/** Why nobody gets a profile though no request owns it. Touched under the ledger's lock only. */
final class Block {
    /** When a block ends that only a person ends. */
    static final long NEVER = Long.MAX_VALUE;

    final Profile profile;
    final ProfileStatus status;
    final String who;
    final String why;
    final long since;
    /** When it ends by itself. Changed by {@link Dues} alone. */
    long until = NEVER;
    /** Orders those that end at the same time. */
    final long number;

    Block(Profile profile, ProfileStatus status, String who, String why, long since, long number) {
        this.profile = profile;
        this.status = status;
        this.who = who;
        this.why = why;
        this.since = since;
        this.number = number;
    }
}
