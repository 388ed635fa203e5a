package dev.browserpool.playwright.directory;

import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.spi.OutsideOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A profile's directory can't be had now, but later. It was not touched. */
public final class DirectoryHeldException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient OutsideOwner owner;
    private final transient Detector detectedBy;

    /**
     * Somebody whom this pool does not know is on it.
     *
     * @param owner whoever signed last; one who came a moment ago has not signed yet, and one whose record can't be read is on it
     *     all the same
     */
    public DirectoryHeldException(Path directory, Optional<GuardRecord> owner) {
        this(
                directory + " is in use by "
                        + owner.map(GuardRecord::describe).orElse("another process")
                        + "; nothing was launched",
                owner.map(signed -> of(signed, ""))
                        .orElseGet(() ->
                                new OutsideOwner("an unknown host", 0, "unknown process: it left no record to read")),
                Detector.PROBE);
    }

    private DirectoryHeldException(String message, OutsideOwner owner, Detector detectedBy) {
        super(message);
        this.owner = owner;
        this.detectedBy = detectedBy;
    }

    /** A browser that no session of this pool started is on it, or nobody can tell. */
    public static DirectoryHeldException by(Path directory, Occupancy seen, Detector detectedBy) {
        OutsideOwner owner = seen.owner();
        return new DirectoryHeldException(
                directory + " is in use by " + owner.describe() + " (" + owner.command()
                        + "); close it, or wait until it is closed",
                owner,
                detectedBy);
    }

    /** One who shares the profile, and was granted it later, came first: a newer token is what it takes to follow him. */
    public static DirectoryHeldException by(NewerOwnerException later) {
        return new DirectoryHeldException(
                String.valueOf(later.getMessage()),
                of(later.owner(), ", which shares the profile and was on its directory under a newer token"),
                Detector.PROBE);
    }

    private static OutsideOwner of(GuardRecord signed, String why) {
        return new OutsideOwner(signed.host(), signed.pid(), "browser pool request " + signed.requestId() + why);
    }

    /** Who is on it, as far as can be told. */
    public OutsideOwner owner() {
        return owner;
    }

    /** What found out. */
    public Detector detectedBy() {
        return detectedBy;
    }
}
