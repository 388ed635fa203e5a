package dev.browserpool.examples.distributed;

import java.util.List;
import java.util.Map;

/**
 * What a worker's JVM is to do next: one line on its standard input.
 *
 * @param tasks the names of the tasks, in the order in which they are due
 * @param carts what the tasks before have put into each account's cart, as far as that is to be checked
 */
public record Batch(List<String> tasks, Map<String, List<String>> carts) {
    /** Keeps copies. */
    public Batch {
        tasks = List.copyOf(tasks);
        carts = Map.copyOf(carts);
    }
}
