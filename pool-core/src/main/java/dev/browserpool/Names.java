package dev.browserpool;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** The checks that every value from outside passes; each names the field, the value and the fix. */
final class Names {
    private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final int MAX_LENGTH = 200;
    private static final int MAX_SHOWN = 60;

    private Names() {}

    static String profileId(String id) {
        Objects.requireNonNull(id, "profileId");
        if (!PROFILE.matcher(id).matches()) {
            throw new IllegalArgumentException("profile id '" + printable(id)
                    + "' is a name, never a path: it must match " + "[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
        }
        return id;
    }

    static String action(String name) {
        if (!ACTION.matcher(name).matches()) {
            throw new IllegalArgumentException("action '" + printable(name) + "' must match " + ACTION
                    + ": lower case letters, digits and underscores, at most 64 characters");
        }
        return name;
    }

    /** A copy in the same order that nobody can change. */
    static Set<String> actions(Set<String> names) {
        Set<String> copy = new LinkedHashSet<>();
        for (String name : names) {
            copy.add(action(name));
        }
        return Collections.unmodifiableSet(copy);
    }

    static String id(String field, String value) {
        Objects.requireNonNull(value, field);
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " is blank; give it a name, or leave it out");
        }
        return text(field, value);
    }

    static String text(String field, String value) {
        Objects.requireNonNull(value, field);
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(field + " has " + value.length() + " characters, at most " + MAX_LENGTH
                    + " are allowed: '" + printable(value.substring(0, 40)) + "…'");
        }
        if (hasControlCharacter(value)) {
            throw new IllegalArgumentException(
                    field + " '" + printable(value) + "' contains a control character; remove it");
        }
        return value;
    }

    private static boolean isLineBreak(char c) {
        return c == '\u2028' || c == '\u2029';
    }

    private static boolean hasControlCharacter(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c) || isLineBreak(c)) {
                return true;
            }
        }
        return false;
    }

    static int atLeast(int least, String field, int value) {
        if (value < least) {
            throw new IllegalArgumentException(field + " is " + value + ", it must be at least " + least);
        }
        return value;
    }

    /** About 146 years: longer times do not fit twice into a long of nanoseconds. */
    static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    static Duration notNegative(String field, Duration value) {
        return within(Duration.ZERO, field, value);
    }

    static Duration positive(String field, Duration value) {
        return within(Duration.ofNanos(1), field, value);
    }

    private static Duration within(Duration least, String field, Duration value) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(field + " is " + value + ", it must be "
                    + (least.isZero() ? "zero or more" : "more than zero") + " and at most " + LONGEST);
        }
        return value;
    }

    private static String printable(String value) {
        String shown = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "…" : value;
        return shown.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "\\\\?");
    }
}
