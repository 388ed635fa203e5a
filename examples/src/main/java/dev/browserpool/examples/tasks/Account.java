package dev.browserpool.examples.tasks;

/**
 * Somebody on whose behalf tasks run.
 *
 * @param accountId the name with which it signs in
 * @param profileId the browser profile that belongs to it, and to nobody else
 */
public record Account(String accountId, String profileId) {}
