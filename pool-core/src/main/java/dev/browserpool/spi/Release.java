package dev.browserpool.spi;

/** What became of a lease that was given back. */
public sealed interface Release {
    /**
     * It has ended.
     *
     * @param how how
     */
    record Ended(Ending how) implements Release {}

    /** This token holds nothing: it was given back or taken back before. Not an error. */
    record NotHeld() implements Release {}
}
