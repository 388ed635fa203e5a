package dev.browserpool.spi;

import dev.browserpool.Holder;
import java.util.List;
import java.util.Optional;

/**
 * Where somebody stood in line, and who was before him.
 *
 * @param position 1 for the oldest
 * @param holders who holds slots, oldest first, ten at most
 * @param profile why the claimed profile cannot be had, if that is so
 * @param pace how fast the line moved
 * @param loadTest the load test that had the pool
 */
public record Wait(
        int position, List<Holder> holders, Optional<Busy> profile, Pace pace, Optional<LoadTestFacts> loadTest) {
    /** Nobody knows. */
    public static final Wait UNKNOWN = new Wait(0, List.of(), Optional.empty(), Pace.UNKNOWN, Optional.empty());
}
