package dev.browserpool.redis;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A step of the ledger as Redis runs it: what all of them share, then its own part. */
enum Script {
    JOIN(""),
    REJOIN("allow-oom"),
    SUBMIT(""),
    WITHDRAW("allow-oom"),
    RELEASE("allow-oom"),
    CHANGE(""),
    STOP("allow-oom"),
    BEAT("allow-oom"),
    LEAVE("allow-oom"),
    GOVERN(""),
    LIFT("allow-oom"),
    READ("no-writes");

    /** The flag of its function, empty for none: signs of life and ends get through when memory is short. */
    final String flag;

    Script(String flag) {
        this.flag = flag;
    }

    /** The step as a script, for servers that have no functions: all is defined anew each time. */
    String text(String clock) {
        String parts = this == LIFT ? LuaPart.read(GOVERN.part()) + LuaPart.read(part()) : LuaPart.read(part());
        return shared(clock) + parts + "P.begin(KEYS, ARGV)\nreturn STEP." + part() + "()\n";
    }

    /** The parts that all steps share, with the given clock. */
    static String shared(String clock) {
        return Stream.of(
                        "store",
                        clock,
                        "deadlines",
                        "facts",
                        "line",
                        "leases",
                        "loadtest",
                        "custody",
                        "past",
                        "epoch",
                        "reap",
                        "member")
                .map(LuaPart::read)
                .collect(Collectors.joining());
    }

    /** What its file is called, and its function. */
    String part() {
        return name().toLowerCase(Locale.ROOT);
    }
}
