package dev.browserpool.playwright;

import com.microsoft.playwright.PlaywrightException;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.playwright.directory.DirectoryHeldException;
import dev.browserpool.playwright.directory.Occupancy;
import dev.browserpool.playwright.directory.Probe;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser says when its profile is in use, for those who came between the look at the directory and the launch. */
final class InUse {
    private static final Pattern ELSEWHERE = Pattern.compile(
            "in use by another \\S+(?: \\S+)? process \\((\\d{1,18})\\) on another computer \\(([^)]{1,255})\\)");
    private static final List<String> HERE = List.of(
            "Failed to create a ProcessSingleton for your profile directory",
            "Opening in existing browser session",
            "SingletonLock: File exists");

    private InUse() {}

    /** Empty if that is not what it says. */
    static Optional<DirectoryHeldException> said(PlaywrightException failure, Path directory) {
        String text = String.valueOf(failure.getMessage());
        Matcher elsewhere = ELSEWHERE.matcher(text);
        if (elsewhere.find()) {
            Occupancy there = new Occupancy.HeldElsewhere(elsewhere.group(2), Long.parseLong(elsewhere.group(1)));
            return Optional.of(DirectoryHeldException.by(directory, there, Detector.BROWSER));
        }
        return HERE.stream()
                .filter(text::contains)
                .findFirst()
                .map(phrase -> DirectoryHeldException.by(directory, nowOn(directory, phrase), Detector.BROWSER));
    }

    private static Occupancy nowOn(Path directory, String phrase) {
        Occupancy seen = Probe.look(directory);
        boolean isHeld = seen instanceof Occupancy.HeldLocally || seen instanceof Occupancy.HeldElsewhere;
        return isHeld ? seen : new Occupancy.Unknown("the browser says \"" + phrase + "\"");
    }
}
