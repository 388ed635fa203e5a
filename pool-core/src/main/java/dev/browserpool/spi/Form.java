package dev.browserpool.spi;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the values of a {@link Setting} look like. Immutable; any thread may use it.
 *
 * @param <T> what a text means
 * @param allowed which texts there are, as the rest of "it must be …"
 * @param reader makes a value of a text, or throws {@link IllegalArgumentException}
 * @param writer makes the text of a value
 */
public record Form<T>(String allowed, Function<String, T> reader, Function<T, String> writer) {

    /** A whole number within these bounds. */
    public static Form<Integer> number(int least, int most) {
        return new Form<>(
                "a whole number from " + least + " to " + most,
                text -> Math.toIntExact(within(least, most, text)),
                String::valueOf);
    }

    /** A whole number of seconds within these bounds. */
    public static Form<Duration> seconds(long least, long most) {
        return new Form<>(
                "a whole number from " + least + " to " + most,
                text -> Duration.ofSeconds(within(least, most, text)),
                duration -> String.valueOf(duration.toSeconds()));
    }

    private static long within(long least, long most, String text) {
        long value = Long.parseLong(text);
        if (value < least || value > most) {
            throw new IllegalArgumentException(text + " is not from " + least + " to " + most);
        }
        return value;
    }

    /** {@code true} or {@code false}. */
    public static Form<Boolean> yesOrNo() {
        return oneOf(List.of("true", "false"), "").as(Boolean::valueOf, String::valueOf);
    }

    /** A constant of an enum, in lower case. */
    public static <E extends Enum<E>> Form<E> constant(Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return oneOf(names, "")
                .as(
                        text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)),
                        constant -> constant.name().toLowerCase(Locale.ROOT));
    }

    /**
     * One of some words.
     *
     * @param remark what else there is to say of them; may be empty
     */
    public static Form<String> oneOf(List<String> words, String remark) {
        return text(words.stream().collect(Collectors.joining(" or ")) + remark, text -> {
            if (!words.contains(text)) {
                throw new IllegalArgumentException(text + " is none of " + words);
            }
        });
    }

    /**
     * A text that passes a check.
     *
     * @param check throws {@link IllegalArgumentException}
     */
    public static Form<String> text(String allowed, Consumer<String> check) {
        Function<String, String> reader = text -> {
            check.accept(text);
            return text;
        };
        return new Form<>(allowed, reader, Function.identity());
    }

    private <U> Form<U> as(Function<T, U> means, Function<U, String> written) {
        return new Form<>(allowed, reader.andThen(means), written);
    }
}
