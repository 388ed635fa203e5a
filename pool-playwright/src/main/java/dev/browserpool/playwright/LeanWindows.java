package dev.browserpool.playwright;

import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns off parts of Chromium's windows that a headless browser shows to nobody, but for which it starts two more renderers with each
 * page: a quarter of a short job's time.
 */
final class LeanWindows {
    private static final String SWITCH = "--disable-features=";

    /** Of the address bar: its list of suggestions is a page of its own. A browser that does not know a name ignores it. */
    private static final List<String> UNSEEN = List.of("WebUIOmniboxPopup", "WebUIOmniboxAimPopup");

    /** The version whose own features these are. Of two switches Chromium takes the last, so it has to have those of the first. */
    private static final String VERSION = "1.62.0";

    private static final String ABOUT = "/META-INF/maven/com.microsoft.playwright/playwright/pom.properties";

    private static final List<String> PLAYWRIGHTS = List.of(
            "AvoidUnnecessaryBeforeUnloadCheckSync",
            "BoundaryEventDispatchTracksNodeRemoval",
            "DestroyProfileOnBrowserClose",
            "DialMediaRouteProvider",
            "GlobalMediaControls",
            "HttpsUpgrades",
            "LensOverlay",
            "MediaRouter",
            "PaintHolding",
            "ThirdPartyStoragePartitioning",
            "BlockOriginHeaderModificationOnRedirect",
            "Translate",
            "AutoDeElevate",
            "OptimizationHints",
            "msForceBrowserSignIn",
            "msEdgeUpdateLaunchServicesPreferredVersion");

    private LeanWindows() {}

    /**
     * The switch, or none: where there is a window to be seen, where the user has a say in features, and with another Playwright.
     *
     * @param users the user's switches
     * @param dropped those of Playwright's that the user does without
     */
    static List<String> switches(@Nullable Boolean headless, List<String> users, @Nullable List<String> dropped) {
        boolean isUsers = users.stream().anyMatch(one -> one.startsWith(SWITCH)) || dropped != null;
        boolean isKnown = version().filter(VERSION::equals).isPresent();
        if (!Boolean.TRUE.equals(headless) || isUsers || !isKnown) {
            return List.of();
        }
        return List.of(
                SWITCH + Stream.concat(PLAYWRIGHTS.stream(), UNSEEN.stream()).collect(Collectors.joining(",")));
    }

    /** Not by the manifest, which a jar with everything in it has only one of. */
    private static Optional<String> version() {
        try (InputStream in = Playwright.class.getResourceAsStream(ABOUT)) {
            Properties about = new Properties();
            if (in != null) {
                about.load(in);
            }
            return Optional.ofNullable(about.getProperty("version"));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
