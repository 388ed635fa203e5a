package dev.browserpool.benchmarks.scale;

import dev.browserpool.benchmarks.report.Figures;
import java.util.List;

/** What the figures are called. */
final class Names {
    /** How many grants a second are asked for. */
    static final List<Integer> RATES = List.of(100, 500, 1_000);

    private Names() {}

    static String grants(int rate) {
        return rate + ": grants a second";
    }

    static String steps(int rate) {
        return rate + ": steps a second";
    }

    static String share(int rate) {
        return rate + ": server's processor, %";
    }

    static String cpu(int rate) {
        return rate + ": server's processor for a grant, µs";
    }

    static String commands(int rate) {
        return rate + ": commands of the data for a grant";
    }

    static String bytes(int rate) {
        return rate + ": bytes on the wire for a grant";
    }

    static String p50(int rate) {
        return rate + ": hand-over p50, ms";
    }

    static String p99(int rate) {
        return rate + ": hand-over p99, ms";
    }

    static String told(int rate) {
        return rate + ": of it from the decision to the waiter, p99, ms";
    }

    static void add(Figures round, StepPrices.Step step, int members, StepPrices.Price price) {
        round.add(micros(step, members), price.micros());
        round.add(cpu(step, members), price.cpu());
        round.add(commands(step, members), price.commands());
    }

    static String micros(StepPrices.Step step, int members) {
        return step + " of " + members + ": µs";
    }

    static String cpu(StepPrices.Step step, int members) {
        return step + " of " + members + ": processor";
    }

    static String commands(StepPrices.Step step, int members) {
        return step + " of " + members + ": commands";
    }
}
