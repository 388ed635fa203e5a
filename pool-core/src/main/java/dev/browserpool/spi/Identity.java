package dev.browserpool.spi;

/**
 * Who a member is.
 *
 * @param member its id, never used before
 * @param host the host of its JVM
 * @param processId the process id of its JVM
 */
public record Identity(String member, String host, long processId) {}
