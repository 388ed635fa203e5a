package dev.browserpool.examples.dashboard;

import dev.browserpool.BrowserSlot;
import dev.browserpool.ProfileClaim;
import dev.browserpool.examples.dashboard.json.EvidenceLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What sessions have left in the directory of a {@code FileEvidenceStore}: {@code <profile or "ephemeral">/<time>-<request>-<token>/}.
 * Nothing outside that directory is ever read: names are checked before they become paths, and links are not followed.
 */
final class EvidenceShelf {
    static final String URL = "/api/browser-pool/evidence/";
    static final String SCREENSHOT = "screenshot.png";

    private static final Logger log = LoggerFactory.getLogger(EvidenceShelf.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,254}");
    private static final String NO_PROFILE = "ephemeral";

    private final Path root;

    EvidenceShelf(Path root) {
        this.root = root.toAbsolutePath();
    }

    /** Says where the evidence of ended requests is; empty for one that left none. Lists each directory once. */
    Function<BrowserSlot, Optional<EvidenceLink>> finder() {
        Map<String, List<Path>> listed = new HashMap<>();
        return slot -> find(slot, group -> listed.computeIfAbsent(group, this::runs));
    }

    private Optional<EvidenceLink> find(BrowserSlot slot, Function<String, List<Path>> runs) {
        if (slot.grant().isEmpty()) {
            return Optional.empty();
        }
        String group = slot.request().profile().map(ProfileClaim::profileId).orElse(NO_PROFILE);
        String end = "-" + slot.grant().get().token();
        return runs.apply(group).stream()
                .filter(run -> run.getFileName().toString().endsWith(end))
                .filter(run -> NAME.matcher(run.getFileName().toString()).matches())
                .findFirst()
                .map(run -> link(group, run));
    }

    private List<Path> runs(String group) {
        return directory(group).map(EvidenceShelf::entries).orElse(List.of());
    }

    private static EvidenceLink link(String group, Path run) {
        String url = URL + group + "/" + run.getFileName();
        boolean hasPicture = Files.isRegularFile(run.resolve(SCREENSHOT), LinkOption.NOFOLLOW_LINKS);
        return new EvidenceLink(url, hasPicture ? url + "/" + SCREENSHOT : null);
    }

    /** The files of one session's evidence; empty if there is no such. */
    Optional<List<Path>> files(String group, String run) {
        return directory(group, run)
                .map(directory -> entries(directory).stream()
                        .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                        .sorted()
                        .toList());
    }

    /** One of them; empty if there is no such, or it is none of ours. */
    Optional<Path> file(String group, String run, String name) {
        return directory(group, run)
                .filter(directory -> NAME.matcher(name).matches())
                .map(directory -> directory.resolve(name))
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    }

    /** The directory below the root that is reached by these names, without a link on the way. */
    private Optional<Path> directory(String... names) {
        Path directory = root;
        for (String name : names) {
            directory = directory.resolve(name);
            if (!NAME.matcher(name).matches() || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
        }
        return Optional.of(directory);
    }

    private static List<Path> entries(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException e) {
            log.warn("the evidence in {} can't be listed", directory, e);
            return List.of();
        }
    }
}
