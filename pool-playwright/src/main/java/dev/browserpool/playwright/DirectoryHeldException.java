package dev.browserpool.playwright;

import dev.browserpool.spi.OutsideOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Somebody whom this pool does not know is on a profile's directory. It was not touched. */
final class DirectoryHeldException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<GuardRecord> owner;

    DirectoryHeldException(Path directory, Optional<GuardRecord> owner) {
        super(directory + " is in use by "
                + owner.map(GuardRecord::describe).orElse("another process")
                + "; nothing was launched");
        this.owner = owner;
    }

    /** Whoever signed last. One who came a moment ago has not signed yet. */
    OutsideOwner owner() {
        return owner.map(o -> new OutsideOwner(o.host(), o.pid(), "browser pool request " + o.requestId()))
                .orElseGet(() -> new OutsideOwner("an unknown host", 0, "it left no record"));
    }
}
