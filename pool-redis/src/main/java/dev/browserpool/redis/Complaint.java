package dev.browserpool.redis;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Redis said when it refused. Within scripts every version puts it in other words; here it is what a command by itself would
 * have said.
 *
 * @param code the first word, such as READONLY; ERR for all that has none of its own
 * @param text the rest
 */
record Complaint(String code, String text) {
    private static final Pattern BEFORE_7 =
            Pattern.compile("ERR Error running script \\(call to f_\\p{XDigit}+\\): (.*)");
    private static final Pattern SCRIPT_LINE = Pattern.compile("@?user_(?:script|function): ?\\d+: (.*)");
    private static final Pattern SINCE_7 = Pattern.compile("(.*?) script: \\w+, on @user_(?:script|function):\\d+\\.?");
    private static final Pattern CODED = Pattern.compile("([A-Z]{2,})(?: (.*))?");
    private static final Pattern ARGUMENTS = Pattern.compile("(.*?), with args beginning with:.*");

    private static final List<String> ACL_IN_SCRIPTS =
            List.of("ACL failure in script", "The user executing the script can't");

    /** Which may pass by itself: a replica that is to be promoted, a server that loads, a slot on its way to another node… */
    private static final List<String> PASSING = List.of(
            "READONLY",
            "LOADING",
            "CLUSTERDOWN",
            "MASTERDOWN",
            "TRYAGAIN",
            "OOM",
            "BUSY",
            "NOREPLICAS",
            "MISCONF",
            "MOVED",
            "ASK",
            "UNKILLABLE");

    static Complaint of(String message) {
        String text = message.strip();
        text = first(ARGUMENTS, text); // they may be a password
        text = first(BEFORE_7, text);
        text = first(SINCE_7, text);
        boolean isCoded = text.startsWith("ERR ");
        text = isCoded ? text.substring(4) : text;
        for (String shorter = first(SCRIPT_LINE, text); !shorter.equals(text); shorter = first(SCRIPT_LINE, text)) {
            text = shorter;
        }
        text = text.startsWith("-") ? text.substring(1) : text;
        String said = text;
        if (ACL_IN_SCRIPTS.stream().anyMatch(said::startsWith)) {
            return new Complaint("NOPERM", said);
        }
        Matcher coded = CODED.matcher(said);
        return coded.matches()
                ? new Complaint(coded.group(1), coded.group(2) == null ? "" : coded.group(2))
                : new Complaint("ERR", said);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? matcher.group(1) : text;
    }

    /** Whether the same may be answered otherwise a little later. */
    boolean isPassing() {
        return PASSING.contains(code);
    }

    /** Whether it is about who asks. */
    boolean isAboutAccess() {
        return List.of("NOAUTH", "WRONGPASS", "NOPERM").contains(code);
    }

    @Override
    public String toString() {
        return code + " " + text;
    }
}
