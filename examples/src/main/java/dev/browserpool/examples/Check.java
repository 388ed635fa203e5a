package dev.browserpool.examples;

/**
 * One thing that the demo verified about its own run.
 *
 * @param claim what should be true
 * @param holds whether it is
 * @param detail the numbers behind it
 */
record Check(String claim, boolean holds, String detail) {}
