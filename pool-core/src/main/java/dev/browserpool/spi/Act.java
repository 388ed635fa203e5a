package dev.browserpool.spi;

import dev.browserpool.ProfileRule;
import java.time.Duration;
import java.util.Optional;

/** What an operator decides for the whole pool. */
public sealed interface Act {
    /**
     * Changes the limit.
     *
     * @param maxBrowsers the new one
     */
    record Resize(int maxBrowsers) implements Act {}

    /**
     * Changes how many may wait.
     *
     * @param maxQueued the new maximum
     */
    record LineLength(int maxQueued) implements Act {}

    /**
     * Stops granting.
     *
     * @param reason why
     */
    record Pause(String reason) implements Act {}

    /** Grants again. */
    record Resume() implements Act {}

    /**
     * Sets a profile's rule.
     *
     * @param rule the rule
     */
    record SetRule(ProfileRule rule) implements Act {}

    /**
     * Forgets ended requests.
     *
     * @param olderThan from which age on
     */
    record Forget(Duration olderThan) implements Act {}

    /**
     * Takes a profile for a person. Said again by the same person, reason and end are set anew.
     *
     * @param profileId the profile
     * @param who the person
     * @param why for the record
     * @param howLong until it ends by itself
     */
    record CheckOut(String profileId, String who, String why, Duration howLong) implements Act {}

    /**
     * Moves the end of a check-out.
     *
     * @param profileId the profile
     * @param who the person who has it
     * @param howLong for at least so long from now on
     */
    record ExtendCheckOut(String profileId, String who, Duration howLong) implements Act {}

    /**
     * Ends a check-out.
     *
     * @param profileId the profile
     * @param who the person who has it
     * @param note for the record
     */
    record CheckIn(String profileId, String who, String note) implements Act {}

    /**
     * Keeps everybody from a profile until it is cleared.
     *
     * @param profileId the profile
     * @param who the person or program
     * @param why for the record
     */
    record Quarantine(String profileId, String who, String why) implements Act {}

    /**
     * Gives the pool to a load test, or says that it still has it. Said again for the same holder it changes nothing; without
     * one, for the same run, the time begins anew.
     *
     * @param holder the name under which a member holds it, and with which it ends; empty if it lives by its time alone
     * @param runId its name
     * @param who the person or program
     * @param limit after how long it ends by itself
     */
    record BeginLoadTest(Optional<Ticket> holder, String runId, String who, Duration limit) implements Act {}

    /**
     * Ends the load test: any, if neither holder nor run is named.
     *
     * @param holder only the one that is held under this name
     * @param runId only the one of this run that nobody holds
     * @param by the person or program that ends it
     * @param reason for the record
     */
    record EndLoadTest(Optional<Ticket> holder, Optional<String> runId, String by, String reason) implements Act {}

    /**
     * Ends a quarantine, and what is known of a vanished owner.
     *
     * @param profileId the profile
     * @param who the person
     * @param note for the record
     */
    record Clear(String profileId, String who, String note) implements Act {}
}
