package dev.browserpool.json;

import dev.browserpool.json.TaskManifestException.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What was found wrong with one source so far. */
final class Problems {
    private final String source;
    private final List<Problem> found = new ArrayList<>();

    Problems(String source) {
        this.source = source;
    }

    int count() {
        return found.size();
    }

    /** Of the document as a whole, or of a place that is no field. */
    void add(int line, String message) {
        found.add(new Problem(line, Optional.empty(), Optional.empty(), message));
    }

    /** Of a field that is not there, or should not be: its value plays no part, and is not shown. */
    void addField(int line, String field, String message) {
        found.add(new Problem(line, Optional.of(Words.cut(field)), Optional.empty(), message));
    }

    /** Of a field's value. */
    void addValue(String field, Json value, String message) {
        found.add(new Problem(value.line(), Optional.of(field), Optional.of(value.shown()), message));
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new TaskManifestException(source, inOrder());
        }
    }

    /** The text ends as a document where this happens, so it is the last thing that is found. */
    TaskManifestException unreadable(int line, String message, Throwable cause) {
        add(line, message);
        TaskManifestException refusal = new TaskManifestException(source, inOrder());
        refusal.initCause(cause);
        return refusal;
    }

    private List<Problem> inOrder() {
        return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }
}
