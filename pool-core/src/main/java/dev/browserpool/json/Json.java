package dev.browserpool.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A JSON value that knows its line, which Jackson's own tree does not. */
sealed interface Json {

    /** The line on which it begins, from 1. */
    int line();

    /** As messages show it: short, on one line, and nothing of what is inside a list or an object. */
    String shown();

    /** A string, a number, true, false or null; the text is a string's content, or the word as it was written. */
    record Scalar(int line, JsonToken token, String text) implements Json {
        @Override
        public String shown() {
            return token == JsonToken.VALUE_STRING ? "'" + Words.cut(text) + "'" : Words.cut(text);
        }
    }

    /** A list. */
    record Items(int line, List<Json> values) implements Json {
        @Override
        public String shown() {
            return "a list";
        }
    }

    /** An object, with a name's every occurrence. */
    record Fields(int line, List<Field> fields) implements Json {
        @Override
        public String shown() {
            return "an object";
        }
    }

    /** One field of an object, and the line of its name. */
    record Field(int line, String name, Json value) {}

    /** Reads the value that begins at the current token, up to its last token. */
    static Json read(JsonParser parser) throws IOException {
        int line = line(parser);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            List<Json> values = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                values.add(read(parser));
            }
            return new Items(line, values);
        }
        if (token == JsonToken.START_OBJECT) {
            List<Field> fields = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                int lineOfName = line(parser);
                String name = parser.currentName();
                parser.nextToken();
                fields.add(new Field(lineOfName, name, read(parser)));
            }
            return new Fields(line, fields);
        }
        return new Scalar(line, token, parser.getText());
    }

    /** The line of the current token. */
    static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
