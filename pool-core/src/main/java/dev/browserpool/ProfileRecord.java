package dev.browserpool;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a profile: an ownership that ended, a person who took part, a request that was refused. Written by
 * the ledger, also for owners that died.
 *
 * @param profileId the profile
 * @param kind what happened
 * @param at when; for an ownership its end
 * @param who the request, the person, or the process
 * @param note a sentence for people
 * @param ownership the ownership that ended; empty for every other kind
 */
public record ProfileRecord(
        String profileId, Kind kind, Instant at, String who, String note, Optional<Ownership> ownership) {

    /** What happened to a profile. */
    public enum Kind {
        /** A request owned it, and no longer does. */
        OWNED,
        /** A person took it. */
        CHECKED_OUT,
        /** A person keeps it for longer. */
        EXTENDED,
        /** A person gave it back, or the time was over. */
        CHECKED_IN,
        /** It was put in quarantine. */
        QUARANTINED,
        /** A person cleared it. */
        CLEARED,
        /** A browser of somebody else was found on its directory. */
        HELD_OUTSIDE,
        /** A request was refused because its proxy is not the profile's. */
        REFUSED
    }

    /**
     * An ownership that ended.
     *
     * @param lock who owned it, since when, and how far it got
     * @param ended how its request ended
     */
    public record Ownership(ProfileLock lock, SlotState ended) {}

    /**
     * What a person or a program does to a profile.
     *
     * @throws IllegalArgumentException if the id is no profile name, or a text is blank, longer than 200 characters, or contains
     *     a control character
     */
    public static ProfileRecord of(String profileId, Kind kind, Instant at, String who, String note) {
        return new ProfileRecord(
                Names.profileId(profileId), kind, at, Names.id("who", who), Names.id("note", note), Optional.empty());
    }
}
