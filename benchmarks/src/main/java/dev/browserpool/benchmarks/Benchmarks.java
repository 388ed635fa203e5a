package dev.browserpool.benchmarks;

import dev.browserpool.benchmarks.browsers.BrowserFigures;
import dev.browserpool.benchmarks.jvm.JvmFigures;
import dev.browserpool.benchmarks.redis.RedisFigures;
import dev.browserpool.benchmarks.scale.ScaleFigures;
import dev.browserpool.benchmarks.soak.Soak;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command behind {@code benchmarks/run}: one kind of figures for each subcommand. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        description = "Measures the pool beside what people use today; each run measures both sides in turn.",
        subcommands = {JvmFigures.class, RedisFigures.class, BrowserFigures.class, ScaleFigures.class, Soak.class})
public final class Benchmarks {
    private Benchmarks() {}

    /** Runs it; exits with 0 if all was measured, whether the targets are reached or not; a soak that failed with 1. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Benchmarks()).execute(args));
    }
}
