package dev.browserpool.playwright.survey;

import dev.browserpool.playwright.directory.Vacancy;
import dev.browserpool.playwright.host.CommandLine;
import dev.browserpool.playwright.host.Deadline;
import dev.browserpool.playwright.host.Directories;
import dev.browserpool.playwright.host.Processes;
import dev.browserpool.playwright.host.TemporaryOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What sessions have, or have left, in the process table and among the temporary files. */
public final class HostSurvey {
    private static final Pattern OUR_DRIVER = Pattern.compile(".*/(?:browser-pool/driver-|playwright-java-)[^/]*/.*");

    private static final Duration END_OF_USERS = Duration.ofSeconds(5);

    private HostSurvey() {}

    /** All that follows, each looked at when it is wanted. */
    public static Stream<Finding> all() throws IOException {
        return Stream.of(browsers(), drivers(), temporaryDirectories().stream()).flatMap(one -> one);
    }

    /** Main processes only: the others go with them. */
    public static Stream<Finding> browsers() {
        return ProcessHandle.allProcesses()
                .filter(process -> CommandLine.of(process).tag().isPresent())
                .filter(process -> CommandLine.of(process).isMain() && Processes.leadsGroup(process))
                .filter(Processes::isAlive)
                .map(HostSurvey::browser);
    }

    private static Finding browser(ProcessHandle browser) {
        String name = "process " + browser.pid() + " of session "
                + CommandLine.of(browser).tag().orElse("");
        Optional<Long> jvm = CommandLine.of(browser).tag().flatMap(CommandLine::jvm);
        if (jvm.isEmpty() || !Processes.isInOurNamespace(browser)) {
            return Finding.unknown(Finding.Kind.BROWSER, name, "it runs in another container, look there");
        }
        return Processes.mayBeParent(jvm.get(), browser)
                ? Finding.inUse(Finding.Kind.BROWSER, name, "process " + jvm.get() + " lives")
                : Finding.dead(
                        Finding.Kind.BROWSER,
                        name,
                        "its JVM " + jvm.get() + " is gone",
                        () -> Vacancy.end(browser, "its JVM is gone"));
    }

    /** Drivers of Playwright's that a session started. */
    public static Stream<Finding> drivers() {
        return ProcessHandle.allProcesses()
                .filter(process -> isOurDriver(CommandLine.of(process)) && Processes.isAlive(process))
                .map(HostSurvey::driver);
    }

    private static boolean isOurDriver(CommandLine command) {
        return command.arguments().contains("run-driver")
                && command.arguments().stream()
                        .anyMatch(argument -> OUR_DRIVER.matcher(argument).matches());
    }

    private static Finding driver(ProcessHandle driver) {
        String name = "process " + driver.pid();
        if (!Processes.isInOurNamespace(driver)) {
            return Finding.unknown(Finding.Kind.DRIVER, name, "it runs in another container, look there");
        }
        Optional<ProcessHandle> parent = driver.parent();
        Optional<Boolean> hasJvm = parent.isEmpty() ? Optional.of(false) : Processes.isJvm(parent.get());
        String whose = parent.map(p -> "process " + p.pid() + " has it").orElse("nobody has it");
        if (hasJvm.isEmpty()) {
            return Finding.unknown(Finding.Kind.DRIVER, name, whose);
        }
        return hasJvm.get()
                ? Finding.inUse(Finding.Kind.DRIVER, name, whose)
                : Finding.dead(
                        Finding.Kind.DRIVER,
                        name,
                        whose + ", which is no JVM: the one that started it is gone",
                        () -> Vacancy.end(driver, "its JVM is gone"));
    }

    /** Those that sessions made, here and in {@code /tmp}. */
    public static List<Finding> temporaryDirectories() throws IOException {
        List<Path> roots = Stream.of(Path.of(System.getProperty("java.io.tmpdir")), Path.of("/tmp"))
                .filter(Files::isDirectory)
                .map(Path::toAbsolutePath)
                .distinct()
                .toList();
        List<Finding> all = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> entries = Files.list(root)) {
                for (Path directory : entries.filter(HostSurvey::isTemporary).toList()) {
                    all.add(temporary(directory));
                }
            }
        }
        return all;
    }

    private static boolean isTemporary(Path path) {
        return path.getFileName().toString().matches("browser-pool-\\d+-[a-z0-9]{6}")
                && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                && Files.isReadable(path);
    }

    private static Finding temporary(Path directory) throws IOException {
        String name = directory.toString();
        Optional<TemporaryOwner> owner = TemporaryOwner.of(directory);
        if (owner.isEmpty() || !owner.get().isOfThisNamespace()) {
            return Finding.unknown(Finding.Kind.TEMPORARY, name, "its owner can't be seen from here");
        }
        if (owner.get().isAlive()) {
            return Finding.inUse(
                    Finding.Kind.TEMPORARY, name, "process " + owner.get().pid() + " lives");
        }
        return Finding.dead(
                Finding.Kind.TEMPORARY, name, "its JVM " + owner.get().pid() + " is gone", () -> delete(directory));
    }

    /** After its browser, if that was left too; whose driver and helpers end by themselves once it is gone. */
    private static void delete(Path directory) throws IOException {
        boolean isFree = Deadline.in(END_OF_USERS)
                .await(() -> Processes.withTemporaryDirectory(directory).noneMatch(Processes::isAlive));
        if (!isFree) {
            throw new IOException("a browser without a JVM uses it");
        }
        Directories.delete(directory);
    }
}
