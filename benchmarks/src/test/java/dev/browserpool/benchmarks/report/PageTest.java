package dev.browserpool.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
    private static final Conditions HERE =
            Conditions.here("benchmarks/run it --short", Map.of("Rival", "1.2"), "Medians.");

    @TempDir
    private Path directory;

    @Test
    void aPageHasTheCommandTheMachineTheVersionsAndItsTables() throws IOException {
        page(new Table(List.of("what", "ns"), List.of(List.of("a pair", "220"))), Text.heading("Beside"))
                .write(directory);

        assertThat(directory.resolve("it.md"))
                .content()
                .startsWith("# It\n\n`benchmarks/run it --short` on ")
                .contains(" cores", "OpenJDK " + Runtime.version(), "Rival 1.2", "Medians.")
                .contains("| what | ns |\n| --- | --- |\n| a pair | 220 |", "\n\n## Beside\n");
        assertThat(directory.resolve("it.json")).content().contains("\"command\": \"benchmarks/run it --short\"", "[");
    }

    @Test
    void plotsAreWrittenBesideThePageThatShowsThem() throws IOException {
        Plot bars = Plot.bars(
                "ratios",
                "How many times",
                "ratio",
                Map.of("ours", new Spread(1, 1, 1), "rival", new Spread(2, 1, 30)));
        Plot lines = Plot.lines("heap", "Heap", "s", "MB", Map.of("used", List.of(new Point(0, 10), new Point(1, 12))));
        Plot growth = Plot.growth(
                "line", "A line", "waiters", "ns", Map.of("submit", List.of(new Point(10, 1), new Point(1e5, 2))));
        page(bars, lines, growth).write(directory);

        assertThat(directory.resolve("it.md")).content().contains("![How many times](ratios.png)", "![Heap](heap.png)");
        assertThat(List.of("ratios.png", "heap.png", "line.png"))
                .allSatisfy(name -> assertThat(
                                ImageIO.read(directory.resolve(name).toFile()).getWidth())
                        .isGreaterThan(800));
    }

    @Test
    void betweenItsMarksAnotherPageIsReplacedAndNothingElse() throws IOException {
        Path docs = Files.writeString(
                directory.resolve("by-hand.md"),
                "Before.\n\n" + Page.begin("it") + "\nold\n" + Page.end("it") + "\n\nAfter.\n");
        Plot lines = Plot.lines("heap", "Heap", "s", "MB", Map.of("used", List.of(new Point(0, 10))));
        page(lines).write(directory.resolve("pictures"), docs);
        page(lines).write(directory.resolve("pictures"), docs);

        assertThat(docs)
                .content()
                .startsWith("Before.\n\n" + Page.begin("it") + "\n\n`benchmarks/run it --short`")
                .contains("![Heap](pictures/heap.png)\n\n" + Page.end("it"))
                .endsWith("\n\nAfter.\n")
                .doesNotContain("old");
    }

    @Test
    void aPageWithoutMarksIsLeftAlone() throws IOException {
        Path docs = Files.writeString(directory.resolve("by-hand.md"), "Nothing of ours.\n");

        assertThatThrownBy(() -> page().write(directory, docs)).hasMessageContaining("no place between");
        assertThat(docs).hasContent("Nothing of ours.");
    }

    @Test
    void aTargetIsReachedByTheMedian() {
        assertThat(Target.atLeast("pairs", new Spread(1.6, 1.2, 2), 1.5).isReached())
                .isTrue();
        assertThat(Target.atMost("pairs", new Spread(1.6, 1.2, 2), 1.5).isReached())
                .isFalse();
        assertThat(Target.table(List.of(Target.atLeast("pairs", new Spread(1.6, 1.2, 2), 1.5)))
                        .markdown(""))
                .contains("| pairs | at least 1.5 | 1.60 (1.20–2.00) | yes |");
    }

    private static Page page(Block... blocks) {
        return new Page("it", "It", HERE, List.of(blocks), Map.of("rounds", Map.of("a pair", List.of(220.0))));
    }

    @Test
    void barsWhoseNamesDoNotFitHaveNumbersAndALegend() {
        Spread one = Spread.of(List.of(1.0, 2.0));

        assertThat(Plot.bars("short", "Short", "ms", Map.of("a", one)).markdown(""))
                .isEqualTo("![Short](short.png)");
        assertThat(Plot.bars("long", "Long", "ms", Map.of("a name ".repeat(20).strip(), one))
                        .markdown(""))
                .startsWith("![Long](long.png)\n\n1 a name a name")
                .endsWith("a name.");
    }
}
