package dev.browserpool.config;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;

/**
 * A JVM that a build has forked for its tests, maybe beside others: a limit in memory is then one for each. Surefire and Failsafe name the
 * fork's files {@code …-jvmRun2} on its command line, and by {@code surefire.forkNumber} if a build passes that on; Gradle numbers
 * its workers, those of earlier builds included.
 */
final class ForkedTests {
    private static final Pattern FORK = Pattern.compile("-jvmRun(\\d{1,6})(?!\\d)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private final AtomicBoolean said = new AtomicBoolean();

    /** Says once what a limit in memory means here: as a warning where there certainly are several. */
    void tell(Map<String, String> environment, int maxBrowsers, Logger log) {
        OptionalInt fork = number(environment);
        boolean isForked = fork.isPresent() || environment.containsKey("org.gradle.test.worker");
        if (!isForked || !said.compareAndSet(false, true)) {
            return;
        }
        String what = "this JVM is a fork for tests" + (fork.isPresent() ? " (number " + fork.getAsInt() + ")" : "")
                + ", and its pool in memory allows " + maxBrowsers
                + " browsers to it alone: all forks together may run as many times that."
                + " For one limit over all set REDIS_URL, with pool-redis on the class path";
        if (fork.orElse(1) > 1) {
            log.warn(what);
        } else {
            log.info(what);
        }
    }

    /** Which of the forks this is, from 1; empty if it is none of Surefire's. */
    static OptionalInt number(Map<String, String> environment) {
        String passed = environment.getOrDefault("surefire.forkNumber", "").strip();
        if (NUMBER.matcher(passed).matches()) {
            return OptionalInt.of(Integer.parseInt(passed));
        }
        Matcher matcher = FORK.matcher(environment.getOrDefault("sun.java.command", ""));
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
