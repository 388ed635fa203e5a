package dev.browserpool;

/**
 * Where the newest state of a profile is: the last directory that was opened.
 *
 * @param host the host of the JVM that opened it
 * @param token the fencing token under which it did
 */
public record ProfileHome(String host, long token) {}
