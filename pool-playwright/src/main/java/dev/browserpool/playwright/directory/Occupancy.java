package dev.browserpool.playwright.directory;

import dev.browserpool.spi.OutsideOwner;

/** What a look at a profile's directory showed: whether a browser is on it, and whose. */
public sealed interface Occupancy {
    /** Nobody is on it, and nothing says that somebody was. */
    record Free() implements Occupancy {}

    /**
     * A browser of a session whose JVM is gone, or that this JVM believed to be gone.
     *
     * @param browser its main process
     */
    record Ours(ProcessHandle browser) implements Occupancy {}

    /**
     * A process on this host that no pool started, or whose JVM lives.
     *
     * @param pid its id
     * @param command what it is, for people
     */
    record HeldLocally(long pid, String command) implements Occupancy {}

    /**
     * A browser on another host, or in another container.
     *
     * @param host where
     * @param pid its id there
     */
    record HeldElsewhere(String host, long pid) implements Occupancy {}

    /**
     * Nobody is on it, but a lock was left.
     *
     * @param lock whose
     */
    record Stale(SingletonLock lock) implements Occupancy {}

    /**
     * Nobody can tell, so somebody may be on it.
     *
     * @param why what could not be read
     */
    record Unknown(String why) implements Occupancy {}

    /** For conflicts, what can be said of whoever is on it. */
    default OutsideOwner owner() {
        if (this instanceof HeldLocally here) {
            return new OutsideOwner(SingletonLock.thisHost(), here.pid(), here.command());
        }
        if (this instanceof HeldElsewhere there) {
            return new OutsideOwner(there.host(), there.pid(), "a browser on another host or in another container");
        }
        if (this instanceof Unknown unknown) {
            return new OutsideOwner("an unknown host", 0, "unknown process: " + unknown.why());
        }
        throw new IllegalStateException("nobody has it: " + this);
    }
}
