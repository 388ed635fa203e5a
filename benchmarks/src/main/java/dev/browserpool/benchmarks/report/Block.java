package dev.browserpool.benchmarks.report;

import java.util.List;

/** A part of a page. */
public sealed interface Block permits Text, Table, Plot {
    /** For the documentation; pictures are looked for under this prefix, which is empty or ends with a slash. */
    String markdown(String pictures);

    /** For a terminal; empty if there is nothing to show there. */
    String console();

    /** The pictures that belong to it. */
    default List<Plot> plots() {
        return List.of();
    }
}
