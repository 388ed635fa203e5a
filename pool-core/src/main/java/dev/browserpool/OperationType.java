package dev.browserpool;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What kind of work a browser is wanted for. The status is grouped by it; it has no influence on who is served
 * first. The nine standard types are constants; a type of your own is {@code new OperationType("nightly_crawl")}.
 *
 * @param name lower case letters, digits and underscores, starting with a letter, at most 32 characters
 */
public record OperationType(String name) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    public static final OperationType TEST_RUN = new OperationType("test_run");
    public static final OperationType EXPLORATION = new OperationType("exploration");
    public static final OperationType AGENT = new OperationType("agent");
    public static final OperationType PRD = new OperationType("prd");
    public static final OperationType AUTOPILOT = new OperationType("autopilot");
    public static final OperationType COVERAGE = new OperationType("coverage");
    public static final OperationType BROWSER_AUTH = new OperationType("browser_auth");
    public static final OperationType SECURITY = new OperationType("security");
    public static final OperationType AUTONOMOUS = new OperationType("autonomous");

    private static final List<OperationType> STANDARD =
            List.of(TEST_RUN, EXPLORATION, AGENT, PRD, AUTOPILOT, COVERAGE, BROWSER_AUTH, SECURITY, AUTONOMOUS);

    /** Refuses a name that does not match {@code [a-z][a-z0-9_]{0,31}} with an {@link IllegalArgumentException}. */
    public OperationType {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("operation type '" + name
                    + "' must match [a-z][a-z0-9_]{0,31}: lower case, digits and underscores, at most 32 characters");
        }
    }

    /** The nine standard types, in a fixed order. Status shows all of them, also those with no work. */
    public static List<OperationType> standard() {
        return STANDARD;
    }

    @Override
    public String toString() {
        return name;
    }
}
