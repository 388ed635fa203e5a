package dev.browserpool;

/** For which leases the pool keeps the stack that acquired them, to name it when a lease is forgotten. */
public enum LeakStacks {
    /** One in 1,024, and every one after the first leak was found. Costs next to nothing. */
    SAMPLED,
    /** Every one. Costs one stack walk per lease. */
    ALWAYS
}
