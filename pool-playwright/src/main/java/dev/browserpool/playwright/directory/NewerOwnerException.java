package dev.browserpool.playwright.directory;

import java.io.IOException;
import java.nio.file.Path;

/** A directory was last opened under a token that is newer than the one at hand. It was not touched. */
public final class NewerOwnerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient GuardRecord owner;

    NewerOwnerException(Path directory, GuardRecord owner, long token) {
        super(directory + " was last opened under fencing token "
                + owner.token() + " by "
                + owner.describe() + ", which is newer than " + token
                + "; this lease is an old one, or the pool's store has lost its count");
        this.owner = owner;
    }

    GuardRecord owner() {
        return owner;
    }
}
