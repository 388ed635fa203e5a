package dev.browserpool.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands that measure have in common: rounds, a short form, and where the page goes. A {@link Mixin} of theirs. */
public final class Rounds {
    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often everything is measured, after a warm-up (5, of scale 2; 1 in the short form).")
    private int rounds;

    @Option(
            names = "--short",
            description = "One round of little work: to see that it runs, and roughly what comes out.")
    private boolean brief;

    @Option(
            names = "--docs",
            paramLabel = "DIR",
            description = "Writes the page there as well, docs/benchmarks for those of the documentation.")
    private @Nullable Path docs;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "Where the page, its pictures and the JSON go (default: ${DEFAULT-VALUE}).")
    private Path results = Path.of("benchmarks", "results");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** One more round of what is measured; the first one warms up. */
    public interface Round {
        /** Measures everything once, one side after the other, so that whatever disturbs the machine disturbs all of them. */
        void measure(Figures figures) throws Exception;
    }

    /** Whether the short form is wanted. */
    public boolean isShort() {
        return brief;
    }

    /** What was asked for, if it is above zero; else the second in the short form, and the third in the full one. */
    public int orElse(int given, int inShort, int inFull) {
        return given > 0 ? given : brief ? inShort : inFull;
    }

    /** What to type to measure the same again. */
    public String command() {
        List<String> given = Objects.requireNonNull(spec, "not a mixin of a command")
                .root()
                .commandLine()
                .getParseResult()
                .originalArgs();
        return "benchmarks/run " + String.join(" ", given);
    }

    /** Measures all rounds into figures of their own, after one to warm up, which the short form leaves out. */
    public Figures measure(int inFull, Round round) throws Exception {
        return measure(brief ? 1 : 0, inFull, round);
    }

    /** The same for what warms up by itself. */
    public Figures measureCold(int inFull, Round round) throws Exception {
        return measure(1, inFull, round);
    }

    private Figures measure(int first, int inFull, Round round) throws Exception {
        Figures figures = new Figures();
        int all = orElse(rounds, 1, inFull);
        for (int number = first; number <= all; number++) {
            System.err.println(number == 0 ? "warming up" : "round " + number + " of " + all);
            round.measure(figures);
            if (number == 0) {
                figures.forget();
            }
        }
        return figures;
    }

    /** Shows the page, and writes it to where it is wanted. */
    public void publish(Page page) throws IOException {
        System.out.println(page.console());
        page.write(results);
        System.err.println("written to " + results.resolve(page.name() + ".md"));
        if (docs != null) {
            page.write(docs);
        }
    }
}
