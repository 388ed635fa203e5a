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
 */
public record Wait(int position, List<Holder> holders, Optional<Busy> profile) {}
