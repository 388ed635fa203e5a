package dev.browserpool.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A picture, drawn when it is written.
 *
 * @param name of the file, without its ending
 * @param title what it shows; also what stands there where there are no pictures
 * @param chart how it is drawn
 */
public record Plot(String name, String title, Chart<?, ?> chart) implements Block {
    private static final int WIDTH = 840;
    private static final int HEIGHT = 340;
    private static final int DPI = 120;

    /**
     * A group of bars for each name, on a scale of powers of ten: the least, the median and the most of its rounds.
     *
     * @param axis what the bars measure, with the unit
     */
    public static Plot bars(String name, String title, String axis, Map<String, Spread> bars) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(axis)
                .build();
        Style.apply(chart.getStyler());
        Style.spread(chart.getStyler());
        chart.getStyler().setYAxisLogarithmic(true).setYAxisDecimalPattern("#,##0.###");
        List<String> names = List.copyOf(bars.keySet());
        // Bars would begin at zero, which has no place on this scale.
        chart.getStyler()
                .setYAxisMin(powerOfTenBelow(
                        bars.values().stream().mapToDouble(Spread::least).min().orElse(1)));
        chart.addSeries("least", names, each(bars, Spread::least));
        chart.addSeries("median", names, each(bars, Spread::median));
        chart.addSeries("most", names, each(bars, Spread::most));
        return new Plot(name, title, chart);
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
        return new Plot(name, title, chart);
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
        return "![" + title + "](" + pictures + name + ".png)";
    }

    @Override
    public String console() {
        return "";
    }

    @Override
    public List<Plot> plots() {
        return List.of(this);
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
