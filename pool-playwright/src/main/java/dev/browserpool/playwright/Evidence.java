package dev.browserpool.playwright;

import dev.browserpool.LeaseLoss;
import dev.browserpool.SlotState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where evidence is kept, and of which sessions: one directory for each, readable by its owner only, complete as soon as it
 * has its name.
 *
 * @param root the directory above all; empty if none is kept
 * @param policy of which sessions
 */
record Evidence(Optional<Path> root, EvidencePolicy policy) {
    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    /**
     * Saves what a session leaves to be looked at. Never throws: a full disk must not keep a browser from being closed.
     *
     * @param pages collects what the pages show, or says why it can't
     * @return where it is; empty if none was wanted, or it could not be saved
     */
    Optional<Path> save(
            SessionFacts facts, Story story, SlotState outcome, Optional<LeaseLoss> loss, Consumer<EvidenceRun> pages) {
        if (root.isEmpty() || !policy.wants(outcome)) {
            return Optional.empty();
        }
        try {
            return Optional.of(write(root.get(), facts, run -> {
                pages.accept(run);
                run.write(
                        "manifest.json",
                        EvidenceManifest.of(facts, story, outcome, loss, run.steps())
                                .toJson());
            }));
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.warn("{}: no evidence could be saved in {}", facts.requestId(), root.get(), e);
            return Optional.empty();
        }
    }

    private static Path write(Path root, SessionFacts facts, Content content) throws IOException {
        Path group = Directories.create(
                root.toAbsolutePath().resolve(facts.profileId().orElse("ephemeral")));
        String name = TIME.format(ZonedDateTime.now(ZoneOffset.UTC)) + "-" + FileNames.of(facts.requestId()) + "-"
                + facts.token();
        Path unfinished = Directories.create(group.resolve(".unfinished-" + name));
        try {
            content.writeTo(new EvidenceRun(unfinished));
            return Files.move(unfinished, group.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException | Error e) {
            Directories.delete(unfinished);
            throw e;
        }
    }

    /** What fills the directory. */
    @FunctionalInterface
    private interface Content {
        void writeTo(EvidenceRun run) throws IOException;
    }
}
