package dev.browserpool.benchmarks.report;

import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How all plots look. The ground is white, whatever the reader's page is. */
final class Style {
    private static final Color[] COLORS = {
        new Color(0x1f5fa8),
        new Color(0xd9822b),
        new Color(0x4a9c5d),
        new Color(0xa83232),
        new Color(0x7a5ca8),
        new Color(0x6b6b6b),
        new Color(0x2ba3a3)
    };

    private Style() {}

    private static final Color[] SPREAD = {new Color(0xb9cde4), new Color(0x1f5fa8), new Color(0xb9cde4)};

    /** The median stands out between the least and the most. */
    static void spread(AxesChartStyler styler) {
        styler.setSeriesColors(SPREAD);
    }

    static void apply(AxesChartStyler styler) {
        Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        styler.setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE)
                .setLegendFont(plain)
                .setChartTitleFont(plain.deriveFont(Font.BOLD, 14))
                .setSeriesColors(COLORS);
        styler.setAxisTitleFont(plain);
        styler.setAxisTickLabelsFont(plain);
        styler.setPlotGridLinesColor(new Color(0xdddddd));
    }
}
