package dev.browserpool.examples.dashboard.json;

import org.jspecify.annotations.Nullable;

/**
 * One request in line.
 *
 * @param position 1 for the oldest
 * @param estimatedWaitMillis how long it will still wait, as far as one can tell from recent runs; left out if one can't
 */
public record WaitingJson(int position, @Nullable Long estimatedWaitMillis, SlotJson slot) {}
