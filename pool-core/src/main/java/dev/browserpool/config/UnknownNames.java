package dev.browserpool.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds names that look like settings and are none: mostly misspelt ones, which would otherwise change nothing in silence. */
final class UnknownNames {
    private static final Pattern OURS = Pattern.compile("BROWSER_POOL_.*|BROWSER_SLOT_.*|MAX_BROWSER_.*");

    /** What Kubernetes and Docker set for a service that is called browser-pool. */
    private static final Pattern OF_A_SERVICE = Pattern.compile(".*_SERVICE_(HOST|PORT.*)|.*_PORT(_\\d+_(TCP|UDP).*)?");

    /** Read where sessions are opened, and by scripts. */
    private static final Set<String> READ_ELSEWHERE =
            Set.of("BROWSER_POOL_CHROMIUM", "BROWSER_POOL_HEADLESS_SHELL", "BROWSER_POOL_FFMPEG");

    /** As far as a slip of the pen goes; more than that is another word. */
    private static final int NEAR = 6;

    private UnknownNames() {}

    static boolean isOurs(String name) {
        return OURS.matcher(name).matches();
    }

    /** A sentence for each name that is none of the known ones, in alphabetical order. */
    static List<String> among(Collection<String> names, Collection<String> known) {
        return names.stream()
                .filter(UnknownNames::isOurs)
                .filter(name -> !known.contains(name) && !READ_ELSEWHERE.contains(name))
                .filter(name -> !OF_A_SERVICE.matcher(name).matches())
                .sorted()
                .map(name -> name + " is no setting and changes nothing"
                        + nearest(name, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""))
                .toList();
    }

    private static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .filter(each -> distance(name, each) <= NEAR)
                .min(Comparator.comparingInt((String each) -> distance(name, each))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many characters have to be added, dropped or changed (Levenshtein). */
    static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[other.length()];
    }
}
