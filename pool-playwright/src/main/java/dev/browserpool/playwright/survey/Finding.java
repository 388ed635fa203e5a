package dev.browserpool.playwright.survey;

import java.io.IOException;
import java.util.Optional;

/**
 * Something of this library's on this host.
 *
 * @param kind what it is
 * @param name which
 * @param state whether somebody needs it
 * @param why what tells
 * @param cure what cleans it, if it is dead and there is something to clean
 */
public record Finding(Kind kind, String name, State state, String why, Optional<Cure> cure) {
    /** What can be found. */
    public enum Kind {
        BROWSER,
        DRIVER,
        TEMPORARY,
        PROFILE
    }

    /** Whether somebody needs it. */
    public enum State {
        /** Somebody does. */
        IN_USE,
        /** Its owner is proven to be gone. */
        DEAD,
        /** Nobody can tell from here, or it is not for a program to decide. */
        UNKNOWN
    }

    /** Cleans something that is dead. */
    @FunctionalInterface
    public interface Cure {
        /** Does it, if it is still dead. */
        void apply() throws IOException;
    }

    /** Somebody needs it. */
    public static Finding inUse(Kind kind, String name, String why) {
        return new Finding(kind, name, State.IN_USE, why, Optional.empty());
    }

    /** Nobody can tell from here. */
    public static Finding unknown(Kind kind, String name, String why) {
        return new Finding(kind, name, State.UNKNOWN, why, Optional.empty());
    }

    /** Its owner is gone, and there is something to clean. */
    public static Finding dead(Kind kind, String name, String why, Cure cure) {
        return new Finding(kind, name, State.DEAD, why, Optional.of(cure));
    }

    /** Whether its owner is proven to be gone. */
    public boolean isDead() {
        return state == State.DEAD;
    }
}
