package dev.browserpool.playwright;

import dev.browserpool.SlotState;

/** When evidence of a session is saved before its profile is given up. */
public enum EvidencePolicy {
    /** For every session that was not completed: failed, closed without a verdict, or taken back. */
    UNLESS_COMPLETED,
    /** For every session. */
    ALWAYS,
    /** For none. */
    NEVER;

    boolean wants(SlotState outcome) {
        return switch (this) {
            case UNLESS_COMPLETED -> outcome != SlotState.COMPLETED;
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }
}
