package dev.browserpool.json;

import java.util.regex.Pattern;

/** What of a file may stand in a message: little, and on one line. */
final class Words {
    private static final int MOST_SHOWN = 60;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    /** How Jackson's messages point at another place of the same file. */
    private static final Pattern PLACE = Pattern.compile("\\[Source: [^;]*; line: (\\d+), column: \\d+]");

    private Words() {}

    static String cut(String value) {
        return printable(value.length() > MOST_SHOWN ? value.substring(0, MOST_SHOWN) + "…" : value);
    }

    /** What the API says of a value, with the field's name in the file and the value cut. */
    static String refusal(String field, String javaName, String value, String message) {
        String brief = value.length() > MOST_SHOWN ? message.replace(value, cut(value)) : message;
        return printable("field '" + field + "'"
                + (brief.startsWith(javaName + " ") ? brief.substring(javaName.length()) : ": " + brief));
    }

    static String syntax(String message) {
        return printable(PLACE.matcher(message).replaceAll("line $1"));
    }

    private static String printable(String text) {
        return CONTROL.matcher(text).replaceAll("\\\\?");
    }
}
