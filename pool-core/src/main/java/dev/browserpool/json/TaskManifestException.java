package dev.browserpool.json;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tasks that cannot be read as they are written. Unchecked, as every refusal of a value is: a program that reads its own
 * tasks has nothing to do but say so and stop, and one that is handed foreign ones knows where it does that.
 *
 * <p>The message has a line for each problem, up to twenty: {@code tasks.json, line 7: field 'lock_timeout_seconds' is 0, it
 * must be at least 1}.
 */
public final class TaskManifestException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_SHOWN = 20;

    private final String source;
    private final transient List<Problem> problems;

    /**
     * One thing that is wrong.
     *
     * @param line where, from 1
     * @param field the field's name, if it is about one; at most 60 characters of it
     * @param value the field's value as it is shown, if that is what is wrong; at most 60 characters of it
     * @param message what is wrong and what would be right, on one line; field and value are in it
     */
    public record Problem(int line, Optional<String> field, Optional<String> value, String message) {}

    TaskManifestException(String source, List<Problem> problems) {
        super(message(source, problems));
        this.source = source;
        this.problems = List.copyOf(problems);
    }

    private static String message(String source, List<Problem> problems) {
        String lines = problems.stream()
                .limit(MOST_SHOWN)
                .map(problem -> source + ", line " + problem.line() + ": " + problem.message())
                .collect(Collectors.joining("\n"));
        int more = problems.size() - MOST_SHOWN;
        return more > 0 ? lines + "\n" + source + ": and " + more + " more" : lines;
    }

    /** What was read: the file's path, or the name that the caller gave. */
    public String source() {
        return source;
    }

    /** Everything that is wrong, at least one thing, in the order of the lines. Bad syntax hides the rest. */
    public List<Problem> problems() {
        return problems;
    }
}
