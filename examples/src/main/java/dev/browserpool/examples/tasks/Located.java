package dev.browserpool.examples.tasks;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import dev.browserpool.examples.tasks.TaskDocument.AccountEntry;
import dev.browserpool.examples.tasks.TaskDocument.TaskEntry;
import java.io.IOException;

/**
 * A value and the line on which it starts, so that a complaint about it can say where.
 *
 * @param line 1 for the first
 * @param value what was read there
 */
record Located<T>(int line, T value) {

    private static <T> Located<T> read(JsonParser in, DeserializationContext context, Class<T> type)
            throws IOException {
        int line = in.currentTokenLocation().getLineNr();
        return new Located<>(line, context.readValue(in, type));
    }

    static final class OfAccount extends JsonDeserializer<Located<AccountEntry>> {
        @Override
        public Located<AccountEntry> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return read(in, context, AccountEntry.class);
        }
    }

    static final class OfTask extends JsonDeserializer<Located<TaskEntry>> {
        @Override
        public Located<TaskEntry> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return read(in, context, TaskEntry.class);
        }
    }
}
