package dev.browserpool.redis;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A step of the ledger as Redis runs it: what all of them share, then its own part. */
enum Script {
    JOIN,
    REJOIN,
    SUBMIT,
    WITHDRAW,
    RELEASE,
    CHANGE,
    STOP,
    BEAT,
    LEAVE,
    GOVERN,
    READ;

    /** The step as a script, for servers that have no functions: all is defined anew each time. */
    String text(String clock) {
        return shared(clock) + LuaPart.read(part()) + "P.begin(KEYS, ARGV)\nreturn STEP." + part() + "()\n";
    }

    /** The parts that all steps share, with the given clock. */
    static String shared(String clock) {
        return Stream.of("store", clock, "facts", "line", "leases", "custody", "past", "epoch", "reap", "member")
                .map(LuaPart::read)
                .collect(Collectors.joining());
    }

    /** What its file is called, and its function. */
    String part() {
        return name().toLowerCase(Locale.ROOT);
    }
}
