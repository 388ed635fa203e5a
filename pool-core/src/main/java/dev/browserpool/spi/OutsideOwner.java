package dev.browserpool.spi;

/**
 * A process that is on a profile's directory without the pool's leave.
 *
 * @param host its host
 * @param processId its process id
 * @param command what it is, for people: a program and its switches, without values that may be secret
 */
public record OutsideOwner(String host, long processId, String command) {
    /** Who it is, in a few words. */
    public String describe() {
        return "process " + processId + " on " + host;
    }
}
