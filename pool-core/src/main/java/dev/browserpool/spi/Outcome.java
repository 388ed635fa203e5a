package dev.browserpool.spi;

import dev.browserpool.SlotState;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a request ends by its own side.
 *
 * @param state COMPLETED, FAILED or RELEASED from a lease; TIMED_OUT or CANCELLED from the line; LOST for a forgotten lease
 * @param reason a sentence for people
 * @param profile in which condition the profile is given back, if one was held
 */
public record Outcome(SlotState state, String reason, ProfileEnd profile) {
    private static final Set<SlotState> POSSIBLE = EnumSet.of(
            SlotState.COMPLETED,
            SlotState.FAILED,
            SlotState.RELEASED,
            SlotState.TIMED_OUT,
            SlotState.CANCELLED,
            SlotState.LOST);

    /** Refuses a state in which nobody ends by his own will. */
    public Outcome {
        if (!POSSIBLE.contains(state)) {
            throw new IllegalArgumentException("nobody ends as " + state + " by his own will; possible: " + POSSIBLE);
        }
    }

    /** An end with a profile in order, or with none. */
    public Outcome(SlotState state, String reason) {
        this(state, reason, ProfileEnd.CLEAN);
    }

    /** The same end with a profile in this condition. */
    public Outcome with(ProfileEnd end) {
        return new Outcome(state, reason, end);
    }

    /** Closed after it was said to be complete. */
    public static final Outcome COMPLETED = new Outcome(SlotState.COMPLETED, "completed");

    /** Closed without a verdict. */
    public static final Outcome RELEASED = new Outcome(SlotState.RELEASED, "closed without a verdict");
}
