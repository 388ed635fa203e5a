package dev.browserpool;

/** What is the matter with a profile that is not simply free. */
public enum ProfileStatus {
    /** Its owner works with it. */
    RUNNING,
    /** Its owner saves the evidence and closes the browser. */
    RELEASING,
    /** Its owner vanished: the stop grace was over before the browser was confirmed to be stopped. */
    STALE
}
