package dev.browserpool.playwright;

import java.util.Optional;
import java.util.stream.Stream;

/** A failure and what it comes of. */
final class Causes {
    /** A chain may be a circle. */
    private static final int DEEPEST = 20;

    private Causes() {}

    /** The failure first. */
    static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, t -> t != null, Throwable::getCause).limit(DEEPEST);
    }

    static <T extends Throwable> Optional<T> first(Throwable failure, Class<T> type) {
        return of(failure).filter(type::isInstance).map(type::cast).findFirst();
    }
}
