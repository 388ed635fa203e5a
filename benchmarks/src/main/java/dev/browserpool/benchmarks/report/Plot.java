package dev.browserpool.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.CategoryStyler;

/**
 * A picture, drawn when it is written.
 *
 * @param name of the file, without its ending
 * @param title what it shows; also what stands there where there are no pictures
 * @param chart how it is drawn
 * @param legend which bar is which, if their names don't fit into the picture; else empty
 */
public record Plot(String name, String title, Chart<?, ?> chart, String legend) implements Block {
    private static final int WIDTH = 840;
    private static final int HEIGHT = 340;
    private static final int DPI = 120;

    /** How much room a letter takes. */
    private static final int LETTER = 7;

    /** If the greatest is no more than so many times the least, their scale begins at zero. */
    private static final int ALIKE = 20;

    /**
     * A group of bars for each name: the least, the median and the most of its rounds. On a scale of powers of ten, if they are far apart.
     *
     * @param axis what the bars measure, with the unit
     */
    public static Plot bars(String name, String title, String axis, Map<String, Spread> bars) {
        boolean fit = bars.keySet().stream().allMatch(label -> label.length() * LETTER * bars.size() < WIDTH);
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(axis)
                .build();
        Style.apply(chart.getStyler());
        Style.spread(chart.getStyler());
        chart.getStyler().setYAxisDecimalPattern("#,##0.###");
        scale(chart.getStyler(), bars);
        List<String> labels = List.copyOf(bars.keySet());
        List<String> numbers = IntStream.rangeClosed(1, labels.size())
                .mapToObj(Integer::toString)
                .toList();
        List<String> names = fit ? labels : numbers;
        chart.addSeries("least", names, each(bars, Spread::least));
        chart.addSeries("median", names, each(bars, Spread::median));
        chart.addSeries("most", names, each(bars, Spread::most));
        return new Plot(name, title, chart, fit ? "" : legend(labels));
    }

    /**
     * A line for each name, through its points in the order of their x.
     *
     * @param x what the points follow one another by, time as a rule, with the unit
     * @param y what they measure, with the unit
     */
    public static Plot lines(String name, String title, String x, String y, Map<String, List<Point>> lines) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        Style.apply(chart.getStyler());
        chart.getStyler().setMarkerSize(4);
        lines.forEach((line, points) -> chart.addSeries(
                line,
                points.stream().mapToDouble(Point::x).toArray(),
                points.stream().mapToDouble(Point::y).toArray()));
        return new Plot(name, title, chart, "");
    }

    /** The same with both scales in powers of ten: for growth over a size. All points must be above zero. */
    public static Plot growth(String name, String title, String x, String y, Map<String, List<Point>> lines) {
        Plot plot = lines(name, title, x, y, lines);
        double least = lines.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Point::y)
                .min()
                .orElse(1);
        ((XYChart) plot.chart())
                .getStyler()
                .setXAxisLogarithmic(true)
                .setXAxisDecimalPattern("#,##0")
                .setYAxisLogarithmic(true)
                .setYAxisMin(powerOfTenBelow(least))
                .setYAxisDecimalPattern("#,##0.###");
        return plot;
    }

    /** Writes {@code NAME.png}: as a drawing of lines it would be twenty times as large, since its letters are drawn too. */
    void write(Path directory) throws IOException {
        BitmapEncoder.saveBitmapWithDPI(chart, directory.resolve(name).toString(), BitmapFormat.PNG, DPI);
    }

    @Override
    public String markdown(String pictures) {
        String picture = "![" + title + "](" + pictures + name + ".png)";
        return legend.isEmpty() ? picture : picture + "\n\n" + legend + ".";
    }

    @Override
    public String console() {
        return "";
    }

    @Override
    public List<Plot> plots() {
        return List.of(this);
    }

    private static String legend(List<String> labels) {
        return IntStream.range(0, labels.size())
                .mapToObj(i -> (i + 1) + " " + labels.get(i))
                .collect(Collectors.joining("; "));
    }

    private static void scale(CategoryStyler styler, Map<String, Spread> bars) {
        double least = bars.values().stream().mapToDouble(Spread::least).min().orElse(1);
        double most = bars.values().stream().mapToDouble(Spread::most).max().orElse(1);
        if (most > ALIKE * least) {
            styler.setYAxisLogarithmic(true).setYAxisMin(powerOfTenBelow(least)); // zero has no place on this scale
        } else {
            styler.setYAxisMin(0.0);
        }
    }

    private static double powerOfTenBelow(double value) {
        return Math.pow(10, Math.ceil(Math.log10(value)) - 1);
    }

    private static List<Double> each(Map<String, Spread> bars, ToDoubleFunction<Spread> part) {
        List<Double> values = new ArrayList<>();
        bars.values().forEach(bar -> values.add(part.applyAsDouble(bar)));
        return values;
    }
}
