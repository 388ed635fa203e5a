package dev.browserpool.examples;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.List;
import java.util.stream.Collectors;

/** How the demo's tables look. */
final class Tables {
    private Tables() {}

    static <T> String of(List<T> rows, List<ColumnData<T>> columns) {
        String table = AsciiTable.builder()
                .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER)
                .data(rows, columns)
                .asString();
        return table.lines().map(String::stripTrailing).collect(Collectors.joining(System.lineSeparator()));
    }

    static Column left(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }

    static Column right(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.RIGHT).dataAlign(HorizontalAlign.RIGHT);
    }
}
