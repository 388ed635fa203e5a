package dev.browserpool.spi;

import java.util.List;

/**
 * A part of the line, and how fast that moves.
 *
 * @param slots who waits, oldest first
 * @param pace of the line as a whole
 */
public record LinePage(List<SlotFacts> slots, Pace pace) {}
