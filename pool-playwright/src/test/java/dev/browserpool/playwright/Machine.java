package dev.browserpool.playwright;

import static java.util.stream.Collectors.toSet;

import dev.browserpool.playwright.host.CommandLine;
import dev.browserpool.playwright.host.FileNames;
import dev.browserpool.playwright.host.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The machine as it is seen from outside the library: the processes of this JVM, and the temporary directories. */
final class Machine {
    private static final String OURS = "-" + ProcessHandle.current().pid();

    private Machine() {}

    /**
     * The main processes of the browsers that sessions of this JVM started, wherever they hang in the process tree. Looked at
     * twice: whoever is there both times was there at the moment between, together with all the others.
     */
    static List<ProcessHandle> browsers() {
        List<ProcessHandle> first =
                ProcessHandle.allProcesses().filter(Machine::isOurBrowser).toList();
        return first.stream().filter(Machine::isOurBrowser).toList();
    }

    /** Those of one request. */
    static List<ProcessHandle> browsersOf(String requestId) {
        return browsers().stream()
                .filter(browser -> CommandLine.of(browser)
                        .tag()
                        .filter(tag -> tag.startsWith(FileNames.of(requestId) + "-"))
                        .isPresent())
                .toList();
    }

    /** Those on profiles under a directory. */
    static List<ProcessHandle> browsersUnder(Path directory) {
        return browsers().stream()
                .filter(browser -> CommandLine.of(browser)
                        .userData()
                        .filter(path -> path.startsWith(directory))
                        .isPresent())
                .toList();
    }

    /** A browser forks itself to start its crash handlers; such a fork leads no group, or is the child of the real one. */
    private static boolean isOurBrowser(ProcessHandle process) {
        return isTagged(process)
                && Processes.leadsGroup(process)
                && process.parent().filter(Machine::isTagged).isEmpty()
                && Processes.isAlive(process);
    }

    private static boolean isTagged(ProcessHandle process) {
        return Processes.commandLine(process).stream()
                .anyMatch(argument -> argument.startsWith("--pool-lease=") && argument.endsWith(OURS));
    }

    static List<ProcessHandle> drivers() {
        return ProcessHandle.current()
                .children()
                .filter(p -> Processes.commandLine(p).contains("run-driver"))
                .filter(Processes::isAlive)
                .toList();
    }

    /** Everything that this JVM started and that still lives, and everything that a browser of it left. */
    static List<String> leftProcesses() {
        return Stream.concat(
                        ProcessHandle.current().descendants(),
                        browsers().stream().flatMap(Processes::group))
                .filter(Processes::isAlive)
                .distinct()
                .map(Machine::describe)
                .toList();
    }

    /** Dead children of this JVM that nobody has reaped. */
    static List<Long> zombies() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> stat(process)
                            .contains(" Z " + ProcessHandle.current().pid() + " "))
                    .map(process -> Long.parseLong(process.getFileName().toString()))
                    .toList();
        } catch (IOException noProc) {
            return List.of();
        }
    }

    private static String stat(Path process) {
        try {
            return Files.readString(process.resolve("stat"));
        } catch (IOException gone) {
            return "";
        }
    }

    static String describe(ProcessHandle process) {
        return process.pid() + ", child of "
                + process.parent().map(ProcessHandle::pid).orElse(0L) + ": "
                + String.join(" ", Processes.commandLine(process));
    }

    static Set<Path> temporaryDirectories() {
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(path ->
                            isOurs(path) || path.getFileName().toString().matches("playwright_.*|playwright-.*"))
                    .collect(toSet());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where Playwright for Java notes the calls of a trace; empty until it is saved. */
    static Set<Path> traces() {
        return temporaryDirectories().stream()
                .filter(path -> path.getFileName().toString().startsWith("playwright-tracing-"))
                .collect(toSet());
    }

    /** What Playwright makes itself does not say whose it is. */
    static boolean isOurs(Path temporary) {
        return temporary
                .getFileName()
                .toString()
                .startsWith("browser-pool-" + ProcessHandle.current().pid() + "-");
    }

    /** Other programs, as other builds. */
    static boolean othersUsePlaywright() {
        return ProcessHandle.allProcesses()
                .filter(process -> Processes.commandLine(process).contains("run-driver"))
                .anyMatch(process ->
                        process.parent().filter(ProcessHandle.current()::equals).isEmpty());
    }

    static void signal(String signal, ProcessHandle process) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + signal + " " + process.pid() + " said " + exit);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
