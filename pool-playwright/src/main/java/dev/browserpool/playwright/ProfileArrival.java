package dev.browserpool.playwright;

import dev.browserpool.ProfileElsewhereException;
import dev.browserpool.ProfileHome;
import dev.browserpool.playwright.BrowserSessionException.Step;
import dev.browserpool.playwright.directory.DirectoryHeldException;
import dev.browserpool.playwright.directory.GuardRecord;
import dev.browserpool.playwright.directory.ProfileDirectory;
import dev.browserpool.playwright.directory.ProfileFiles;
import dev.browserpool.playwright.directory.ProfileGuard;
import dev.browserpool.playwright.directory.ProfileReplacement;
import dev.browserpool.playwright.directory.Vacancy;
import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.Interrupts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a profile's directory, for whoever has the profile: it is there, nobody else is on it, and what is in it is the newest
 * state, fetched from the store that carries profiles if need be.
 *
 * @param requestId who comes
 * @param profileId the profile
 * @param home where the pool knows its newest state; empty if it knows none
 * @param mayCreate whether it may begin anew, or with an older state that was stored
 * @param shared whether others may be at the same point, each for the time of a copy; then nothing is made where nothing is
 * @param options where profiles are
 */
record ProfileArrival(
        String requestId,
        String profileId,
        Optional<ProfileHome> home,
        boolean mayCreate,
        boolean shared,
        ProfileOptions options) {

    private static final Logger LOG = LoggerFactory.getLogger(ProfileArrival.class);
    /** For others who copy the same profile. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long GLANCE_NANOS = Duration.ofMillis(20).toNanos();

    /**
     * Goes there.
     *
     * @param me who takes the guard
     * @param held gets the guard as soon as it is taken
     * @param at hears how far it came
     * @return the guard of the directory; empty if it is missing, which is no fault, and should not be made
     * @throws ProfileElsewhereException if the newest state can't be had here
     * @throws DirectoryHeldException if somebody whom the pool does not know is on it or may be
     */
    Optional<ProfileGuard> go(GuardRecord me, Consumer<ProfileGuard> held, Consumer<Step> at)
            throws IOException, InterruptedException {
        Optional<ProfileCarrier> carrier =
                options.store().map(store -> ProfileCarrier.of(store, profileId, Interrupts::check));
        Optional<ProfileManifest> stored = Optional.empty();
        if (carrier.isPresent()) {
            at.accept(Step.FETCH);
            stored = carrier.get().newest().filter(this::isGoodEnough);
        }
        at.accept(Step.DIRECTORY);
        Path named = options.directory().toAbsolutePath().resolve(profileId);
        if (stored.isEmpty() && !Files.exists(named, LinkOption.NOFOLLOW_LINKS)) {
            if (home.isPresent() && !mayCreate) {
                throw elsewhere(OptionalLong.empty(), named);
            }
            if (shared) {
                return Optional.empty();
            }
        }
        Path directory = ProfileDirectory.prepare(options.directory(), profileId);
        at.accept(Step.GUARD);
        ProfileGuard guard = take(directory, me);
        held.accept(guard);
        at.accept(Step.PROBE);
        Vacancy.require(directory);
        new ProfileReplacement(directory).finish();
        if (carrier.isPresent() && stored.isPresent()) {
            at.accept(Step.FETCH);
            bring(carrier.get(), stored.get(), guard);
        }
        undo(guard);
        refuseOlderState(guard, stored);
        return Optional.of(guard);
    }

    /** A state that is older than the pool knows would be a loss in silence; {@code createIfMissing} says that it is accepted. */
    private boolean isGoodEnough(ProfileManifest stored) {
        return mayCreate || home.filter(known -> stored.token() < known.token()).isEmpty();
    }

    private ProfileGuard take(Path directory, GuardRecord me) throws IOException, InterruptedException {
        Deadline patience = Deadline.in(shared ? PATIENCE : Duration.ZERO);
        while (true) {
            try {
                return ProfileGuard.take(directory, me);
            } catch (DirectoryHeldException others) {
                if (patience.isOver()) {
                    throw others;
                }
            }
            LockSupport.parkNanos(this, GLANCE_NANOS);
            Interrupts.check();
        }
    }

    private void bring(ProfileCarrier carrier, ProfileManifest stored, ProfileGuard guard) throws IOException {
        Path directory = guard.directory();
        long here = state(guard).map(GuardRecord::token).orElse(0L);
        if (carrier.isNewer(stored, here, directory)) {
            carrier.bring(stored, directory);
            guard.found(GuardRecord.read(directory).orElseThrow());
        }
    }

    /** A run that died with its JVM is undone, if runs are. */
    private void undo(ProfileGuard guard) throws IOException {
        Optional<String> before = RunSnapshots.begun(guard.directory());
        if (before.isEmpty()) {
            return;
        }
        if (options.rollsBack() && guard.isDirty()) {
            try {
                RunSnapshots.of(options, profileId, Interrupts::check).restore(before.get(), guard.directory());
                guard.found(guard.before().orElseThrow().withDirty(false));
                LOG.info("{}: the last run did not come to its end, and is undone: {}", profileId, before.get());
            } catch (NoSuchFileException deleted) {
                LOG.warn("{}: the last run can't be undone, its snapshot is gone", profileId, deleted);
            }
        }
        RunSnapshots.end(guard.directory());
    }

    /** Who signed last, if what is in the directory is a state of his. */
    Optional<GuardRecord> state(ProfileGuard guard) {
        return guard.before().filter(before -> before.isOpened(home));
    }

    private void refuseOlderState(ProfileGuard guard, Optional<ProfileManifest> accepted) throws IOException {
        Optional<GuardRecord> state = state(guard);
        long found = state.map(GuardRecord::token).orElse(0L);
        boolean mayMake = home.isEmpty() || mayCreate;
        boolean isNew = mayMake && state.isEmpty() && isEmpty(guard.directory());
        boolean isAccepted = accepted.filter(stored -> stored.token() == found).isPresent();
        if (!isNew && !isAccepted && home.filter(known -> found < known.token()).isPresent()) {
            throw elsewhere(OptionalLong.of(found), guard.directory());
        }
    }

    /** Nothing but what a guard leaves: made a moment ago, or by an opening that came no further. */
    static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(Path::getFileName)
                    .map(Path::toString)
                    .allMatch(name -> name.startsWith(ProfileFiles.OURS));
        }
    }

    private ProfileElsewhereException elsewhere(OptionalLong found, Path directory) {
        String where = directory
                + options.store()
                        .map(store -> ", for which " + store + " has nothing as new,")
                        .orElse("");
        return new ProfileElsewhereException(requestId, profileId, home.orElseThrow(), found, where);
    }
}
