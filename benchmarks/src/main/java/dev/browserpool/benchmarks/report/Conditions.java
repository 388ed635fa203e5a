package dev.browserpool.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Under which circumstances something was measured.
 *
 * @param command what to type to measure it again
 * @param machine on what
 * @param versions of what, by name
 * @param how how the figures are formed and what else a reader must know, in sentences of Markdown
 */
public record Conditions(String command, String machine, Map<String, String> versions, String how) {
    /** On this machine, with this JVM as the first of the versions. */
    public static Conditions here(String command, Map<String, String> versions, String how) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("OpenJDK", Runtime.version().toString());
        all.putAll(versions);
        return new Conditions(command, Machine.describe(), all, how);
    }

    String markdown() {
        String those = versions.entrySet().stream()
                .map(version -> version.getKey() + " " + version.getValue())
                .collect(Collectors.joining(", "));
        return "`" + command + "` on " + machine + "; " + those + ".\n" + how;
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("command", command);
        facts.put("machine", machine);
        facts.put("versions", versions);
        return facts;
    }
}
