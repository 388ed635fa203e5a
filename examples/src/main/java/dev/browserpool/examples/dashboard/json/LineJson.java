package dev.browserpool.examples.dashboard.json;

import java.util.List;

/**
 * A page of the line.
 *
 * @param offset how many are before it
 * @param total how many wait at all, at nearly the same moment
 */
public record LineJson(int offset, int total, List<WaitingJson> waiting) {}
