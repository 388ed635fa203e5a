package dev.browserpool.examples.people;

import dev.browserpool.ProfileBlock;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileRecord;
import dev.browserpool.ProfileView;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What is known of a profile, for a person to read. */
public final class ProfileText {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private ProfileText() {}

    /** A profile in one line. */
    static String of(ProfileView view) {
        String status = view.status().map(ProfileText::lower).orElse("free");
        String who = view.blocks().stream()
                .findFirst()
                .map(ProfileBlock::why)
                .or(() -> view.owners().stream().findFirst().map(ProfileText::owner))
                .or(() -> view.vanished().map(ProfileText::owner))
                .map(text -> ": " + text)
                .orElse("");
        return view.profileId() + " " + status + who + (view.waiting() > 0 ? ", " + view.waiting() + " waiting" : "");
    }

    /** A history, one line each, the oldest first. */
    public static List<String> of(List<ProfileRecord> newestFirst) {
        List<String> lines = new ArrayList<>(newestFirst.stream()
                .map(record -> CLOCK.format(record.at()) + " " + what(record))
                .toList());
        Collections.reverse(lines);
        return lines;
    }

    /** A path as a person would type it: from the working directory, if it is below. */
    static Path shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path) : path;
    }

    private static String what(ProfileRecord record) {
        return record.ownership()
                .map(owned -> owner(owned.lock()) + " " + lower(owned.ended())
                        + owned.lock()
                                .progress()
                                .checkpoint()
                                .map(step -> ", last checkpoint '" + step + "'")
                                .orElse(""))
                .orElseGet(() -> lower(record.kind()) + " by " + record.who() + ": " + record.note());
    }

    private static String owner(ProfileLock lock) {
        return lock.owner().taskId().orElse(lock.owner().requestId())
                + lock.owner().workerId().map(worker -> " on " + worker).orElse("");
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
