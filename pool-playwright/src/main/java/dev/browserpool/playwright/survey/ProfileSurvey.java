package dev.browserpool.playwright.survey;

import dev.browserpool.playwright.directory.DirectoryHeldException;
import dev.browserpool.playwright.directory.GuardRecord;
import dev.browserpool.playwright.directory.Occupancy;
import dev.browserpool.playwright.directory.Probe;
import dev.browserpool.playwright.directory.ProfileGuard;
import dev.browserpool.playwright.directory.SingletonLock;
import dev.browserpool.playwright.directory.Vacancy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The profiles under a directory: who is on them, and what was left on them. */
public final class ProfileSurvey {
    private ProfileSurvey() {}

    /** Of every directory right under this one that was ever guarded, by name. */
    public static List<Finding> of(Path root) throws IOException {
        List<Finding> all = new ArrayList<>();
        try (Stream<Path> entries = Files.list(root)) {
            for (Path directory : entries.filter(ProfileGuard::isOn).sorted().toList()) {
                all.add(look(directory.toRealPath()));
            }
        }
        return all;
    }

    private static Finding look(Path directory) throws IOException {
        String name = directory.toString();
        Optional<ProfileGuard> guard = guard(directory);
        if (guard.isEmpty()) {
            return Finding.inUse(Finding.Kind.PROFILE, name, "held by " + lastOwner(directory));
        }
        guard.get().release(true); // at once: whoever claims it now must not be refused for a mere look
        return judge(directory, Probe.look(directory));
    }

    private static Finding judge(Path directory, Occupancy seen) throws IOException {
        String name = directory.toString();
        if (seen instanceof Occupancy.Ours orphan) {
            return Finding.dead(
                    Finding.Kind.PROFILE,
                    name,
                    "browser " + orphan.browser().pid() + " of a JVM that is gone is on it",
                    () -> clear(directory));
        } else if (seen instanceof Occupancy.Stale stale) {
            return Finding.dead(
                    Finding.Kind.PROFILE,
                    name,
                    "a lock of process " + stale.lock().pid() + " on "
                            + stale.lock().host() + " was left on it",
                    () -> clear(directory));
        } else if (seen instanceof Occupancy.Free) {
            boolean dirty =
                    GuardRecord.read(directory).filter(GuardRecord::dirty).isPresent();
            return Finding.unknown(
                    Finding.Kind.PROFILE,
                    name,
                    "at rest, last opened by " + lastOwner(directory)
                            + (dirty ? ", whose end was not clean: whoever comes next inspects it" : ""));
        }
        return Finding.inUse(
                Finding.Kind.PROFILE,
                name,
                seen.owner().describe() + " is on it: " + seen.owner().command());
    }

    /** Under the guard: somebody may have come since. The owner's token stays, it keeps older ones out. */
    private static void clear(Path directory) throws IOException {
        Optional<ProfileGuard> guard = guard(directory);
        if (guard.isEmpty()) {
            return;
        }
        try {
            Vacancy.require(directory);
            if (Probe.look(directory) instanceof Occupancy.Stale) {
                SingletonLock.remove(directory);
            }
        } finally {
            guard.get().release(true);
        }
    }

    private static Optional<ProfileGuard> guard(Path directory) throws IOException {
        GuardRecord visitor = new GuardRecord(
                Long.MAX_VALUE, "doctor", "here", ProcessHandle.current().pid(), false);
        try {
            return Optional.of(ProfileGuard.take(directory, visitor));
        } catch (DirectoryHeldException held) {
            return Optional.empty();
        }
    }

    private static String lastOwner(Path directory) {
        try {
            return GuardRecord.read(directory).map(GuardRecord::describe).orElse("nobody who signed");
        } catch (IOException unreadable) {
            return "somebody whose record can't be read";
        }
    }
}
