package dev.browserpool.spi;

import dev.browserpool.Holder;
import java.util.List;
import java.util.Optional;

/**
 * Where somebody stood in line, and who was before him.
 *
 * @param position 1 for the oldest
 * @param holders who holds slots, oldest first, ten at most
 * @param profileOwner who holds the claimed profile
 */
public record Wait(int position, List<Holder> holders, Optional<LockFacts> profileOwner) {}
