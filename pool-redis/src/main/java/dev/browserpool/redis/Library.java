package dev.browserpool.redis;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * All steps as one library of functions, which Redis has since version 7: defined once, not for each step. Its name bears a digest of its
 * text, so the libraries of several versions stand beside each other on one server.
 *
 * @param name the library's
 * @param text what {@code FUNCTION LOAD} takes. While it runs there is nothing but {@code redis.register_function}
 */
record Library(String name, String text) {
    private static final int DIGITS = 12;
    /** The flags of the functions do that. */
    private static final String NO_RELIEF = "function P.relieve() end\n";

    /** With the given clock. */
    static Library of(String clock) {
        String steps = Arrays.stream(Script.values())
                .map(step -> "do\n" + LuaPart.read(step.part()) + "end\n")
                .collect(Collectors.joining());
        String body = Script.shared(clock) + steps + NO_RELIEF;
        String name = "browserpool_" + LuaPart.sha1(body).substring(0, DIGITS);
        String functions = Arrays.stream(Script.values())
                .map(step -> registration(function(name, step), step))
                .collect(Collectors.joining());
        return new Library(name, "#!lua name=" + name + "\n" + body + functions);
    }

    private static String registration(String function, Script step) {
        return "redis.register_function({ function_name = '" + function + "', flags = { "
                + (step.flag.isEmpty() ? "" : "'" + step.flag + "' ")
                + "}, callback = function(keys, argv)\n  P.begin(keys, argv)\n  return STEP." + step.part()
                + "()\nend })\n";
    }

    /** What the function of a step is called. */
    String function(Script step) {
        return function(name, step);
    }

    private static String function(String library, Script step) {
        return library + "_" + step.part();
    }
}
