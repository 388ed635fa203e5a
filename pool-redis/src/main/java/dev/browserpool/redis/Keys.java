package dev.browserpool.redis;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The keys of one pool. All share one hash tag, so that a cluster keeps them together; their order is that of the scripts.
 *
 * @param all the keys
 * @param start what all of them, and the names of its channels, begin with
 */
record Keys(List<String> all, String start) {
    private static final Pattern BAD = Pattern.compile("[{}\\p{Cntrl}]");

    /** What a key ends with, and which type of Redis it has. */
    private record Part(String name, String type) {
        static Part of(String both) {
            String[] parts = both.split(" ", 2);
            return new Part(parts[0], parts[1]);
        }
    }

    private static final List<Part> PARTS = List.of(
                    "waiting zset",
                    "ready zset",
                    "lines zset",
                    "leases zset",
                    "slots zset",
                    "mine zset",
                    "due zset",
                    "requests hash",
                    "ids hash",
                    "profiles hash",
                    "members zset",
                    "suspects zset",
                    "hosts hash",
                    "meta hash",
                    "tally hash",
                    "times list",
                    "history stream",
                    "ended hash",
                    "records stream",
                    "pasts zset")
            .stream()
            .map(Part::of)
            .toList();

    static Keys of(String prefix, String pool) {
        checked("pool name", pool);
        String start = checked("prefix", prefix) + ":{" + pool + "}:";
        return new Keys(PARTS.stream().map(part -> start + part.name).toList(), start);
    }

    /** Where a member hears what is meant for it. */
    String channelTo(String member) {
        return start + "to:" + member;
    }

    /** Where all members hear that they have to come back. */
    String channelToAll() {
        return start + "all";
    }

    private static String checked(String what, String name) {
        if (name.isBlank() || BAD.matcher(name).find()) {
            throw new IllegalArgumentException(
                    what + " '" + name.replaceAll("\\p{Cntrl}", "?")
                            + "' must not be blank, nor contain braces or control characters: it becomes part of the keys in Redis");
        }
        return name;
    }

    /** The types that Redis gives to the keys, in their order. */
    static List<String> types() {
        return PARTS.stream().map(Part::type).toList();
    }

    /** The whole key whose last part is this. */
    String named(String name) {
        return all.get(index(name));
    }

    static int index(String name) {
        return PARTS.stream().map(Part::name).toList().indexOf(name);
    }
}
