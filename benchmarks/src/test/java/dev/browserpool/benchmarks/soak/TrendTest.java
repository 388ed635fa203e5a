package dev.browserpool.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.browserpool.benchmarks.report.Point;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static List<Point> points(DoubleUnaryOperator value) {
        return IntStream.range(0, 100)
                .mapToObj(i -> new Point(i, value.applyAsDouble(i)))
                .toList();
    }

    @Test
    void noiseWithOutliersIsFlat() {
        SplittableRandom random = new SplittableRandom(1);
        Trend trend = Trend.of(points(x -> 40 + random.nextDouble() + (x % 5 == 0 ? 100 : 0)), 30);

        assertThat(trend.isFlat(Watched.HEAP)).isTrue();
        assertThat(trend.median()).isCloseTo(41, within(1.0));
    }

    @Test
    void aLeakUnderTheSameNoiseIsNot() {
        SplittableRandom random = new SplittableRandom(1);
        Trend trend = Trend.of(points(x -> 40 + 0.2 * x + random.nextDouble() + (x % 5 == 0 ? 100 : 0)), 30);

        assertThat(trend.isFlat(Watched.HEAP)).isFalse();
        assertThat(trend.growth()).isCloseTo(0.2 * 69, within(2.0));
    }

    @Test
    void whatGrowsBeforeTheWarmUpIsOverIsNotHeldAgainstIt() {
        Trend trend = Trend.of(points(x -> x < 30 ? x : 30), 30);

        assertThat(trend.growth()).isZero();
    }

    @Test
    void aSawToothOfManyTeethIsFlat() {
        assertThat(Trend.of(points(x -> 10 + x % 7), 30).isFlat(Watched.HANDLES))
                .isTrue();
    }

    @Test
    void twoPointsAreNoTrend() {
        assertThatThrownBy(() -> Trend.of(points(x -> x), 98)).hasMessage("2 points say nothing of a trend");
    }
}
