package dev.browserpool.examples;

import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.OverflowBehaviour;
import dev.browserpool.examples.scheduler.TaskReport;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

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
        return Tables.of(rows, columns());
    }

    private List<ColumnData<TaskReport>> columns() {
        return List.of(
                Tables.left("task").with(report -> report.task().taskId()),
                Tables.left("account").with(report -> report.task().accountId().orElse("-")),
                Tables.left("worker").with(TaskReport::workerId),
                Tables.right("waited").with(report -> seconds(report.waited())),
                Tables.right("ran").with(report -> seconds(report.ran())),
                Tables.left("result")
                        .maxWidth(WIDEST_RESULT, OverflowBehaviour.ELLIPSIS_RIGHT)
                        .with(this::result));
    }

    private String result(TaskReport report) {
        return symbols.of(report.outcome()) + " " + report.result();
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
