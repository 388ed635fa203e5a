package dev.browserpool.spi;

/** What may change about a lease while it is held. */
public sealed interface Change {
    /** Its work is over, evidence is being saved and the browser closed. */
    record Releasing() implements Change {}
}
