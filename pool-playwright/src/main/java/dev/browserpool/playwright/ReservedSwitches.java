package dev.browserpool.playwright;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The switches of Chromium that are not for users: with them another directory would be opened than the one whose profile is owned, the
 * browser could not be told from others, or strangers could drive it.
 */
final class ReservedSwitches {
    private static final Set<String> NAMES = Set.of(
            "guest",
            "incognito",
            "pool-lease",
            "profile-directory",
            "remote-allow-origins",
            "remote-debugging-address",
            "remote-debugging-pipe",
            "remote-debugging-port",
            "type",
            "user-data-dir");
    /** As Chromium reads its command line: spaces around it do not count, one dash will do, and on Windows a slash. */
    private static final Pattern SWITCH = Pattern.compile("\\s*(?:--?|/)([^=\\s]+).*", Pattern.DOTALL);

    private ReservedSwitches() {}

    /** The name in a switch, in small letters; empty if it is none. */
    static Optional<String> name(String argument) {
        Matcher named = SWITCH.matcher(argument);
        return named.matches() ? Optional.of(named.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /** Refuses what is no switch, or not for users. */
    static void refuse(String argument) {
        Optional<String> name = name(argument);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("argument '" + argument
                    + "' is no switch, which begins with --; a page is opened by the session's page().navigate(…)");
        }
        if (NAMES.contains(name.get())) {
            throw new IllegalArgumentException("--" + name.get()
                    + " is set by the pool, which could not keep its promises" + " with another one; leave it out");
        }
    }

    /**
     * The same of Playwright's own options.
     *
     * @param added the switches that are added to Playwright's own
     * @param dropped those of Playwright's own that are left out
     * @param allDropped whether all of them are
     */
    static void refuse(List<String> added, @Nullable List<String> dropped, @Nullable Boolean allDropped) {
        if (Boolean.TRUE.equals(allDropped)) {
            throw new IllegalArgumentException(
                    "Playwright's options say ignoreAllDefaultArgs, with which Chromium opens its"
                            + " user's own profile; name the switches to leave out by ignoreDefaultArgs");
        }
        Stream.concat(added.stream(), dropped == null ? Stream.empty() : dropped.stream())
                .forEach(ReservedSwitches::refuse);
    }
}
