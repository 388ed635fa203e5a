package dev.browserpool.redis;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The keys of one pool. All share one hash tag, so that a cluster keeps them together; their order is that of the scripts.
 *
 * @param all the keys
 * @param channels what the names of its channels begin with
 */
record Keys(List<String> all, String channels) {
    private static final Pattern BAD = Pattern.compile("[{}\\p{Cntrl}]");

    static Keys of(String prefix, String pool) {
        checked("pool name", pool);
        String start = checked("prefix", prefix) + ":{" + pool + "}:";
        return new Keys(
                Stream.of(
                                "waiting",
                                "ready",
                                "lines",
                                "leases",
                                "slots",
                                "mine",
                                "due",
                                "requests",
                                "ids",
                                "profiles",
                                "members",
                                "hosts",
                                "meta",
                                "tally",
                                "times",
                                "history",
                                "ended",
                                "records",
                                "pasts")
                        .map(start::concat)
                        .toList(),
                start + "to:");
    }

    private static String checked(String what, String name) {
        if (name.isBlank() || BAD.matcher(name).find()) {
            throw new IllegalArgumentException(
                    what + " '" + name.replaceAll("\\p{Cntrl}", "?")
                            + "' must not be blank, nor contain braces or control characters: it becomes part of the keys in Redis");
        }
        return name;
    }
}
