package dev.browserpool.playwright.host;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a process was started with.
 *
 * @param arguments program first; empty if that can't be read
 */
public record CommandLine(List<String> arguments) {
    /** The switch that marks a browser of a session; its value ends with the process id of the session's JVM. */
    public static final String TAG = "--pool-lease=";

    private static final String USER_DATA = "--user-data-dir=";
    private static final String PART = "--type=";
    private static final int LONGEST = 200;
    private static final Pattern BROWSER = Pattern.compile("(?i).*(chrom|headless|edge|brave|opera|vivaldi).*");
    private static final Set<String> HARMLESS = Set.of("--user-data-dir", "--profile-directory", "--headless");

    /** Of a process; empty if it can't be read. */
    public static CommandLine of(ProcessHandle process) {
        return new CommandLine(Processes.commandLine(process));
    }

    /** Whether it can't be read, or not yet. */
    public boolean isEmpty() {
        return program().isEmpty();
    }

    /** Whether this is the main process of a browser that was told to open this very directory. */
    public boolean opens(Path directory) {
        return isMain() && isTold(directory).orElse(false);
    }

    /** Whether it could be a browser that opened this directory; in doubt it is. */
    public boolean mayBeBrowserOn(Path directory) {
        if (isEmpty()) {
            return true;
        }
        return BROWSER.matcher(program()).matches()
                && isMain()
                && isTold(directory).orElse(true);
    }

    /**
     * Whether it belongs to a session whose JVM is gone, or to one of this JVM.
     *
     * @param process the one that was started with it
     */
    public boolean isOrphanOfAPool(ProcessHandle process) {
        return isMain()
                && value(TAG)
                        .flatMap(CommandLine::jvm)
                        .filter(pid -> pid == ProcessHandle.current().pid() || !Processes.mayBeParent(pid, process))
                        .isPresent();
    }

    /** Whether it is no helper of a browser's. */
    public boolean isMain() {
        return arguments.stream().noneMatch(argument -> argument.startsWith(PART));
    }

    /** The directory that a browser was told to open; empty as well if this JVM knows no file of such a name. */
    public Optional<Path> userData() {
        return toldToOpen().flatMap(CommandLine::path);
    }

    /** Whether it was told to open this very directory; empty if none was named. */
    private Optional<Boolean> isTold(Path directory) {
        return toldToOpen()
                .map(text ->
                        path(text).filter(named -> isSame(named, directory)).isPresent());
    }

    private Optional<String> toldToOpen() {
        return value(USER_DATA).filter(path -> !path.isBlank());
    }

    /** In a POSIX locale a JVM has no names for files but in ASCII. */
    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException noneHere) {
            return Optional.empty();
        }
    }

    /** The value of {@link #TAG}. */
    public Optional<String> tag() {
        return value(TAG);
    }

    /** The JVM whose session a tag belongs to. */
    public static Optional<Long> jvm(String tag) {
        String digits = tag.substring(tag.lastIndexOf('-') + 1);
        return digits.matches("\\d{1,18}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }

    /** The program and its switches, without values that may be secret. */
    public String forPeople() {
        if (isEmpty()) {
            return "a process whose command line can't be read";
        }
        String all = Stream.concat(
                        Stream.of(program()), arguments.stream().skip(1).map(CommandLine::harmless))
                .filter(argument -> !argument.isEmpty())
                .collect(Collectors.joining(" "));
        return all.length() > LONGEST ? all.substring(0, LONGEST - 1) + "…" : all;
    }

    private static String harmless(String argument) {
        if (!argument.startsWith("-")) {
            return ""; // a page, perhaps with a token in it
        }
        int end = argument.indexOf('=');
        return end < 0 || HARMLESS.contains(argument.substring(0, end)) ? argument : argument.substring(0, end) + "=…";
    }

    private String program() {
        return arguments.isEmpty() ? "" : arguments.get(0);
    }

    private Optional<String> value(String name) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(name))
                .map(argument -> argument.substring(name.length()))
                .findFirst();
    }

    private static boolean isSame(Path named, Path real) {
        try {
            return named.isAbsolute() && named.toRealPath().equals(real);
        } catch (IOException missing) {
            return named.equals(real);
        }
    }
}
