package dev.browserpool.examples;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import dev.browserpool.examples.scheduler.TaskReport;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All tasks of a run, one line each, in the order of their names. Fits into {@link Screen#WIDTH} columns. */
final class ResultTable {
    private static final int WIDEST_RESULT = 44;

    private final Symbols symbols;

    /** A table with these symbols, which must not be coloured. */
    ResultTable(Symbols symbols) {
        this.symbols = symbols;
    }

    String of(List<TaskReport> reports) {
        List<TaskReport> rows = reports.stream()
                .sorted(Comparator.comparing(report -> report.task().taskId()))
                .toList();
        String table = AsciiTable.builder()
                .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER)
                .data(rows, columns())
                .asString();
        return table.lines().map(String::stripTrailing).collect(Collectors.joining(System.lineSeparator()));
    }

    private List<ColumnData<TaskReport>> columns() {
        return List.of(
                left("task").with(report -> report.task().taskId()),
                left("account").with(report -> report.task().accountId().orElse("-")),
                left("worker").with(TaskReport::workerId),
                right("waited").with(report -> seconds(report.waited())),
                right("ran").with(report -> seconds(report.ran())),
                left("result")
                        .maxWidth(WIDEST_RESULT, OverflowBehaviour.ELLIPSIS_RIGHT)
                        .with(this::result));
    }

    private String result(TaskReport report) {
        return symbols.of(report.outcome()) + " " + report.result();
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static Column left(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }

    private static Column right(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.RIGHT).dataAlign(HorizontalAlign.RIGHT);
    }
}
