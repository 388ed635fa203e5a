package dev.browserpool.spi;

import java.util.Optional;

/**
 * One setting that the environment may give.
 *
 * @param <T> what its text means
 * @param name the variable
 * @param form what its values look like
 * @param absence what follows if it is left out
 * @param meaning what it is for, in a few words; with the unit
 * @param isSecret whether its value must not be printed anywhere
 */
public record Setting<T>(String name, Form<T> form, Absence<T> absence, String meaning, boolean isSecret) {

    /**
     * What follows if a setting is left out.
     *
     * @param <T> the setting's type
     * @param value its default; empty if there is none
     * @param text the same in words
     * @param isAllowed whether it may be left out
     */
    public record Absence<T>(Optional<T> value, String text, boolean isAllowed) {}

    /** One with a default. */
    public static <T> Setting<T> of(String name, Form<T> form, T otherwise, String meaning) {
        return new Setting<>(
                name,
                form,
                new Absence<>(Optional.of(otherwise), form.writer().apply(otherwise), true),
                meaning,
                false);
    }

    /**
     * One without a default.
     *
     * @param otherwise what follows if it is left out, in words
     */
    public static <T> Setting<T> optional(String name, Form<T> form, String otherwise, String meaning) {
        return new Setting<>(name, form, new Absence<>(Optional.empty(), otherwise, true), meaning, false);
    }

    /** One that must be given. */
    public static <T> Setting<T> required(String name, Form<T> form, String meaning) {
        return new Setting<>(name, form, new Absence<>(Optional.empty(), "", false), meaning, false);
    }

    /** The same, but that its value must not be printed. */
    public Setting<T> secret() {
        return new Setting<>(name, form, absence, meaning, true);
    }
}
