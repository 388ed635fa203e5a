package dev.browserpool.playwright;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserType;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which launches several sessions can share, and how such a browser is launched: by Playwright's {@code launchServer}, whose options
 * are JavaScript's.
 */
final class SharedLaunch {
    /** What Java's options and JavaScript's have in common; what else is set makes a browser of one's own, as a proxy does. */
    private static final Set<String> KNOWN =
            Set.of("args", "chromiumSandbox", "env", "executablePath", "headless", "timeout");
    /** Sockets in the file system are kept apart by its rights. */
    private static final boolean HAS_SOCKETS = File.separatorChar == '/';

    private SharedLaunch() {}

    /** Whether sessions with this launch may be in one browser. A window is somebody's, so none with one. */
    static boolean isPossible(SessionSettings settings, BrowserType.LaunchOptions how) {
        return settings.reuse().sessionsPerBrowser() > 1
                && settings.kind() == BrowserKind.CHROMIUM
                && HAS_SOCKETS
                && Boolean.TRUE.equals(how.headless)
                && KNOWN.containsAll(set(how).keySet());
    }

    /**
     * The options of {@code launchServer}.
     *
     * @param how a launch that is possible
     * @param tag the switch by which the browser's process is found
     * @param temporary its own directory for temporary files, which only this user can enter
     */
    static JsonObject options(BrowserType.LaunchOptions how, String tag, Path temporary) {
        JsonObject options = set(how);
        JsonArray arguments = options.has("args") ? options.getAsJsonArray("args") : new JsonArray();
        arguments.add(tag);
        options.add("args", arguments);
        JsonObject environment = new JsonObject();
        Map<String, String> users = how.env == null ? new HashMap<>(System.getenv()) : how.env;
        users.forEach(environment::addProperty);
        Launch.TEMPORARY.forEach(name -> environment.addProperty(name, temporary.toString()));
        options.add("env", environment);
        options.addProperty("artifactsDir", temporary.toString());
        options.addProperty("tracesDir", temporary.resolve(Launch.TRACES).toString());
        options.addProperty("handleSIGINT", false);
        options.addProperty("handleSIGTERM", false);
        options.addProperty("handleSIGHUP", false);
        options.addProperty("port", socket(temporary).toString());
        options.addProperty("wsPath", "/");
        return options;
    }

    /** Where drivers connect. */
    static String endpoint(Path temporary) {
        return "ws+unix:" + socket(temporary) + ":/";
    }

    private static Path socket(Path temporary) {
        return temporary.resolve("s"); // short: a socket's path has at most 107 characters
    }

    private static JsonObject set(BrowserType.LaunchOptions how) {
        JsonObject set = new JsonObject();
        try {
            JsonElement all = JsonParser.parseString(LaunchKey.of(how));
            all.getAsJsonObject().entrySet().stream()
                    .filter(option -> !option.getValue().isJsonNull())
                    .forEach(option -> set.add(option.getKey(), option.getValue()));
        } catch (JsonParseException | IllegalStateException notComparable) {
            set.addProperty("unknown", true);
        }
        return set;
    }
}
