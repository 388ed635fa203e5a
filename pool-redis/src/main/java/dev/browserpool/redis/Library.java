package dev.browserpool.redis;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * All steps as one library of functions, which Redis has since version 7: defined once, not for each step. Its name bears a digest of its
 * text, so the libraries of several versions stand beside each other on one server.
 *
 * @param name the library's
 * @param text what {@code FUNCTION LOAD} takes
 */
record Library(String name, String text) {
    private static final int DIGITS = 12;

    /** With the given clock. */
    static Library of(String clock) {
        String body = Script.shared(clock)
                + Arrays.stream(Script.values())
                        .map(step -> "do\n" + LuaPart.read(step.part()) + "end\n")
                        .collect(Collectors.joining())
                + LuaPart.read("library");
        String name = "browserpool_" + LuaPart.sha1(body).substring(0, DIGITS);
        return new Library(name, "#!lua name=" + name + "\nlocal LIBRARY = '" + name + "'\n" + body);
    }

    /** What the function of a step is called. */
    String function(Script step) {
        return name + "_" + step.part();
    }
}
