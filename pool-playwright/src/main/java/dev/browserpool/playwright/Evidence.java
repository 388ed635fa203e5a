package dev.browserpool.playwright;

import dev.browserpool.LeaseLoss;
import dev.browserpool.SlotState;
import dev.browserpool.playwright.redaction.TextRedactor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What evidence is saved, where, and of which sessions.
 *
 * @param store where; empty if none is kept
 * @param policy of which sessions
 * @param parts what of a page
 * @param redactor what texts go through
 */
record Evidence(
        Optional<EvidenceStore> store, EvidencePolicy policy, Set<EvidencePart> parts, UnaryOperator<String> redactor) {
    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

    /**
     * What came of it.
     *
     * @param where it is; empty if none was wanted, or it could not be saved
     * @param problem why it could not be saved
     */
    record Saved(Optional<Path> where, Optional<String> problem) {
        static final Saved NOTHING = new Saved(Optional.empty(), Optional.empty());

        /** For the profile's record. */
        Optional<String> onRecord() {
            return where.map(Path::toString).or(() -> problem.map(why -> "not saved: " + why));
        }
    }

    /**
     * How a session ends.
     *
     * @param outcome the request's state
     * @param loss why its lease was taken back, if it was
     * @param cause why it failed, if it did
     */
    record Ending(SlotState outcome, Optional<LeaseLoss> loss, Optional<FailureCause> cause) {}

    /** Whether something has to be started with the session, in case that its end is of interest. */
    boolean records(EvidencePart part) {
        return store.isPresent() && policy != EvidencePolicy.NEVER && parts.contains(part);
    }

    /**
     * Saves what a session leaves to be looked at. Never throws, and waits for the store no longer than its share of the time: neither a
     * full disk nor one that hangs must keep a browser from being closed.
     *
     * @param budget how long it may take
     * @param pages collects what the pages show, or says why it can't
     */
    Saved save(SessionFacts facts, Story story, Ending ending, Duration budget, Consumer<EvidenceRun> pages) {
        if (store.isEmpty() || !policy.wants(ending.outcome())) {
            return Saved.NOTHING;
        }
        try {
            return new Saved(Optional.of(write(store.get(), facts, story, ending, budget, pages)), Optional.empty());
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.warn("{}: no evidence could be saved in {}", facts.requestId(), store.get(), e);
            return new Saved(Optional.empty(), Optional.of(EvidenceRun.firstLine(e)));
        }
    }

    private Path write(
            EvidenceStore into,
            SessionFacts facts,
            Story story,
            Ending ending,
            Duration budget,
            Consumer<EvidenceRun> pages)
            throws IOException {
        EvidenceStore.Key key =
                new EvidenceStore.Key(facts.requestId(), facts.token(), facts.profileId(), Instant.now());
        StoreCall calls = new StoreCall(facts.requestId(), budget.dividedBy(8));
        Path directory = calls.inTime("begin", () -> into.begin(key));
        try {
            EvidenceRun run = new EvidenceRun(directory, new TextRedactor(redactor));
            pages.accept(run);
            run.write(
                    "manifest.json",
                    EvidenceManifest.of(facts, story, ending, run).toJson());
            return calls.inTime("complete", () -> into.complete(key, directory));
        } catch (IOException | RuntimeException | Error e) {
            FutureTask<Path> unused = calls.begun("discard", () -> {
                into.discard(key, directory);
                return directory;
            });
            throw e;
        }
    }
}
