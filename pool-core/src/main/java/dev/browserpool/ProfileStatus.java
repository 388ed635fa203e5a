package dev.browserpool;

/** What is the matter with a profile that is not simply free. */
public enum ProfileStatus {
    /** Its owner works with it, or is being told to stop: the state of its request says which. */
    RUNNING,
    /** Its owner saves the evidence and closes the browser. */
    RELEASING,
    /** Its owner vanished: the stop grace was over before the browser was confirmed to be stopped. Its rule says what follows. */
    STALE,
    /** Its last owner gave it back but could not close its browser cleanly. Its rule says what follows, as for a stale one. */
    FAILED,
    /** Its directory is in other hands, which never asked this pool: those of another pool, say. It is looked at again after a while. */
    HELD_OUTSIDE,
    /** A person has it. */
    CHECKED_OUT,
    /** It waits for a person who looks at it and clears it. */
    QUARANTINED
}
