package dev.browserpool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.browserpool.examples.tasks.TaskFile;
import dev.browserpool.examples.tasks.TaskFileException;
import dev.browserpool.examples.tasks.TaskList;
import dev.browserpool.playwright.BrowserNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The command behind {@code ./demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Demo.Version.class,
        sortOptions = false,
        description = {
            "Runs a list of tasks in real browsers, on the profiles of several accounts: at most N browsers at once, never"
                    + " two on one profile. Ends with a table of what was done and with checks of what was promised.",
            "With --redis the workers are JVMs of their own that share one limit through a Redis server, and one of them is"
                    + " killed in the middle of its work.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeOnExecutionException = 3,
        exitCodeList = {
            "0:every check holds, and only what was meant to fail has failed",
            "1:a check does not hold",
            "2:it could not start: wrong option, bad task file, no browser",
            "3:it broke off on an error of its own"
        })
public final class Demo implements Callable<Integer> {
    private static final int BAD_INPUT = 2;

    @Option(names = "--redis", description = "Several JVMs that share one limit.")
    private boolean redis;

    @Option(
            names = "--tasks",
            paramLabel = "FILE",
            description = "The task list (default: examples/tasks.json, with --redis examples/shared-tasks.json).")
    private @Nullable Path tasks;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "The most browsers at once (default: 3, with --redis 2).")
    private @Nullable Integer slots;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "The threads, with --redis the JVMs, that share them (default: one more, so that waiting is seen).")
    private @Nullable Integer workers;

    @Option(names = "--headed", description = "Show the browsers.")
    private boolean headed;

    @Option(
            names = "--evidence",
            paramLabel = "DIR",
            description = "Where failures leave their evidence (default: a new directory under demo-output).")
    private @Nullable Path evidence;

    @Option(
            names = "--profiles",
            paramLabel = "DIR",
            description = "Where profiles are kept from run to run (default: new ones each time).")
    private @Nullable Path profiles;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Where the structured log is written (default: log.jsonl in that new directory).")
    private @Nullable Path log;

    @Option(
            names = "--review",
            paramLabel = "HOW",
            description =
                    "Who looks at a profile in quarantine: auto, a script, or ask, a person who types on standard input"
                            + " (default: ${DEFAULT-VALUE}).")
    private Settings.Review review = Settings.Review.AUTO;

    @Option(
            names = "--dashboard",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "0",
            description = "Serve a live page about the pool on 127.0.0.1, on this port or a free one.")
    private @Nullable Integer dashboard;

    private final InputStream in;
    private final PrintStream out;

    private Demo(InputStream in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /** Runs the demo and exits with its code. */
    public static void main(String[] args) {
        System.exit(run(System.in, System.out, System.err, args));
    }

    /** Runs the demo and returns its exit code. */
    static int run(InputStream in, PrintStream out, PrintStream err, String... args) {
        return new CommandLine(new Demo(in, out))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true, UTF_8))
                .setErr(new PrintWriter(err, true, UTF_8))
                .setParameterExceptionHandler((e, arguments) -> complain(err, e.getMessage() + " (see --help)"))
                .setExecutionExceptionHandler((e, command, parsed) -> explain(err, e))
                .execute(args);
    }

    @Override
    public Integer call() throws Exception {
        TaskList list = tasks();
        Settings settings = settings();
        Symbols plain = Symbols.ofStandardOutput();
        boolean isTerminal = Ansi.AUTO.enabled();
        // Where a person types there is no bar, which would be drawn over the typing.
        Screen screen =
                new Screen(out, isTerminal && review == Settings.Review.AUTO, isTerminal ? plain.coloured() : plain);
        boolean holds = redis
                ? new DistributedRun(settings, list, tasks == null ? "" : tasks.toString(), screen, plain).run()
                : new DemoRun(settings, list, screen, plain).run();
        return holds ? 0 : 1;
    }

    private TaskList tasks() throws TaskFileException, BadInputException {
        if (redis) {
            return ManyJvms.check(tasks == null ? TaskFile.builtInForManyJvms() : TaskFile.read(tasks));
        }
        return tasks == null ? TaskFile.builtIn() : TaskFile.read(tasks);
    }

    private Settings settings() throws BadInputException, IOException {
        int limit = slots == null ? (redis ? 2 : 3) : atLeastOne("--slots", slots);
        int crew = workers == null ? limit + 1 : atLeastOne("--workers", workers);
        if (redis && (crew == 1 || review == Settings.Review.ASK)) {
            throw new BadInputException(
                    crew == 1
                            ? "--redis needs two --workers at least: one of them is killed"
                            : "--review ask and --redis do not go together: nobody is asked there");
        }
        if (headed && !hasDisplay()) {
            throw new BadInputException("--headed needs a display, and DISPLAY is not set");
        }
        return new Settings(limit, crew, headed, review, in, paths(), dashboardPort());
    }

    private Optional<Integer> dashboardPort() throws BadInputException {
        if (dashboard != null && (dashboard < 0 || dashboard > 65_535)) {
            throw new BadInputException("--dashboard is " + dashboard + ", but must be a port, at most 65535");
        }
        return Optional.ofNullable(dashboard);
    }

    private Settings.Paths paths() throws BadInputException, IOException {
        Path home = evidence == null || profiles == null || log == null ? RunDirectory.create() : Path.of("");
        return new Settings.Paths(
                directory("--evidence", evidence == null ? home.resolve("evidence") : evidence),
                directory("--profiles", profiles == null ? home.resolve("profiles") : profiles),
                file("--log", log == null ? home.resolve("log.jsonl") : log));
    }

    private static Path file(String option, Path path) throws BadInputException {
        try {
            return Files.writeString(path, "");
        } catch (IOException e) {
            throw new BadInputException(option + " " + path + " can't be written: " + e, e);
        }
    }

    private static int atLeastOne(String option, int value) throws BadInputException {
        if (value < 1) {
            throw new BadInputException(option + " is " + value + ", but must be at least 1");
        }
        return value;
    }

    private static Path directory(String option, Path path) throws BadInputException {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new BadInputException(option + " " + path + " can't be made a directory: " + e, e);
        }
    }

    private static boolean hasDisplay() {
        boolean isLinux = System.getProperty("os.name").startsWith("Linux");
        return !isLinux || System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
    }

    private static int explain(PrintStream err, Exception e) throws Exception {
        if (e instanceof TaskFileException || e instanceof BadInputException || e instanceof BrowserNotFoundException) {
            return complain(err, e.getMessage());
        }
        throw e;
    }

    private static int complain(PrintStream err, @Nullable String message) {
        err.println("demo: " + message);
        return BAD_INPUT;
    }

    /** The version that the build wrote down. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            Properties build = new Properties();
            try (InputStream in = Demo.class.getResourceAsStream("build.properties")) {
                if (in != null) {
                    build.load(in);
                }
            }
            return new String[] {"browser pool demo " + build.getProperty("version", "unknown")};
        }
    }
}
