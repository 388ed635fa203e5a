package dev.browserpool.benchmarks.report;

import com.github.freva.asciitable.AsciiTable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table.
 *
 * @param head its head
 * @param rows its rows, each as long as the head
 */
public record Table(List<String> head, List<List<String>> rows) implements Block {
    @Override
    public String console() {
        String[][] cells = rows.stream().map(row -> row.toArray(String[]::new)).toArray(String[][]::new);
        return AsciiTable.getTable(
                AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER,
                head.toArray(String[]::new),
                new String[0],
                cells);
    }

    @Override
    public String markdown(String pictures) {
        return Stream.concat(Stream.of(head, head.stream().map(cell -> "---").toList()), rows.stream())
                .map(row -> "| " + String.join(" | ", row) + " |")
                .collect(Collectors.joining("\n"));
    }
}
