package dev.browserpool.spi;

/**
 * A process that is on a profile's directory without the pool's leave.
 *
 * @param host its host
 * @param processId its process id
 * @param command what it is, for people: a program's name, never a whole command line, which may hold secrets
 */
public record OutsideOwner(String host, long processId, String command) {
    /** Who it is, in a few words. */
    public String describe() {
        return "process " + processId + " on " + host;
    }
}
