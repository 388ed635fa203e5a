package dev.browserpool.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was given for some settings: each value is allowed, and each that must be given is. Immutable; never printed with a secret.
 */
public final class Settings {
    private static final int MAX_SHOWN = 60;

    private final Map<String, String> given = new TreeMap<>();
    private final List<String> shown = new ArrayList<>();

    private Settings() {}

    /**
     * Reads all of them. A value that is missing or blank counts as left out.
     *
     * @param source names and values, such as {@link System#getenv()}; what is no setting is overlooked
     * @throws IllegalArgumentException if values can't be used: it names all of them, with what is allowed and the default
     */
    public static Settings read(Map<String, String> source, Collection<Setting<?>> settings) {
        Settings result = new Settings();
        List<String> problems = new ArrayList<>();
        for (Setting<?> setting : settings) {
            String text = source.getOrDefault(setting.name(), "");
            problem(setting, text).ifPresent(problems::add);
            if (!text.isBlank()) {
                result.given.put(setting.name(), text);
                result.shown.add(setting.name() + (setting.isSecret() ? " (secret)" : "=" + shown(text.strip())));
            }
        }
        if (!problems.isEmpty()) {
            Collections.sort(problems);
            throw new IllegalArgumentException(
                    problems.size() == 1
                            ? problems.get(0)
                            : problems.stream()
                                    .collect(Collectors.joining(
                                            "\n- ", problems.size() + " settings can't be used:\n- ", "")));
        }
        return result;
    }

    private static Optional<String> problem(Setting<?> setting, String text) {
        if (text.isBlank()) {
            return setting.absence().isAllowed()
                    ? Optional.empty()
                    : Optional.of(setting.name() + " is not set; it must be "
                            + setting.form().allowed());
        }
        try {
            Object unused = setting.form().reader().apply(stripped(setting, text));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(setting.isSecret() ? secretly(setting, e.getMessage()) : openly(setting, text));
        }
    }

    /** What was thrown is the form's own, and does not quote. */
    private static String secretly(Setting<?> setting, @Nullable String why) {
        return setting.name() + ": " + why;
    }

    private static String openly(Setting<?> setting, String text) {
        return setting.name() + " is '" + shown(text) + "'; it must be "
                + setting.form().allowed()
                + (setting.absence().isAllowed()
                        ? ", or left out for " + setting.absence().text()
                        : "");
    }

    private static String shown(String text) {
        String cut = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

    private static String stripped(Setting<?> setting, String text) {
        return setting.isSecret() ? text : text.strip();
    }

    /** What was given for it; empty if it was left out. */
    public <T> Optional<T> given(Setting<T> setting) {
        return Optional.ofNullable(given.get(setting.name()))
                .map(text -> setting.form().reader().apply(stripped(setting, text)));
    }

    /**
     * What was given for it, or its default.
     *
     * @throws java.util.NoSuchElementException if it was left out and has no default
     */
    public <T> T value(Setting<T> setting) {
        return given(setting).or(setting.absence()::value).orElseThrow();
    }

    /** What was given, with names and without secrets. */
    @Override
    public String toString() {
        return shown.isEmpty() ? "nothing was set" : String.join(", ", shown);
    }
}
