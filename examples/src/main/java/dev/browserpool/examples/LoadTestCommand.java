package dev.browserpool.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserPoolException;
import dev.browserpool.LoadTestLease;
import dev.browserpool.LoadTestLock;
import dev.browserpool.LoadTestOptions;
import dev.browserpool.PoolConfig;
import dev.browserpool.redis.RedisBrowserPool;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command behind {@code ./demo load-test}: holds a pool in Redis for a load test of another program, such as k6. */
@Command(
        name = "demo load-test",
        mixinStandardHelpOptions = true,
        versionProvider = Demo.Version.class,
        sortOptions = false,
        description = {
            "Takes a pool in Redis for a load test: until it ends no member starts a browser. Ends by its time, with"
                    + " Ctrl-C, or when this program dies.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeOnExecutionException = 3,
        exitCodeList = {
            "0:held for as long as it was asked to",
            "1:ended by somebody else, or lost",
            "2:wrong option, or no server named",
            "3:not had: another load test, browsers that still ran, or the server could not be used",
            "130:Ctrl-C (143 for a kill); it was given back"
        })
public final class LoadTestCommand implements Callable<Integer> {
    private static final int LOST = 1;
    private static final int BAD_INPUT = 2;
    private static final int NOT_HAD = 3;
    private static final Duration SLACK = Duration.ofMinutes(1);

    @Option(
            names = "--run",
            required = true,
            paramLabel = "ID",
            description = "The name of the load test, for all who are kept out.")
    private String run = "";

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            converter = Time.class,
            description = "For how long, such as 90s, 10m or 2h (default: ${DEFAULT-VALUE}).")
    private Duration hold = Duration.ofMinutes(10);

    @Option(
            names = "--redis",
            paramLabel = "URL",
            defaultValue = "${env:REDIS_URL}",
            description = "The pool's server (default: the environment's REDIS_URL).")
    private @Nullable String redis;

    @Option(
            names = "--pool",
            paramLabel = "NAME",
            defaultValue = "${env:BROWSER_POOL_NAME:-default}",
            description = "The pool's name (default: ${DEFAULT-VALUE}).")
    private String pool = "";

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = Time.class,
            description = "For how long to wait for another load test to end (default: ${DEFAULT-VALUE}).")
    private Duration wait = Duration.ofMinutes(10);

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            converter = Time.class,
            description =
                    "Then wait for so long until no browser runs any more; else it is given up (default: no waiting).")
    private @Nullable Duration drain;

    @Option(
            names = "--who",
            paramLabel = "NAME",
            description = "The person or program that holds it (default: this process).")
    private @Nullable String who;

    private final PrintStream out;
    private volatile boolean isEnding;

    private LoadTestCommand(PrintStream out) {
        this.out = out;
    }

    /** 90s, 10m, 2h, or as {@link Duration#parse}. */
    static final class Time implements CommandLine.ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                String upper = text.toUpperCase(Locale.ROOT);
                return Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
            } catch (DateTimeParseException e) {
                throw new CommandLine.TypeConversionException("'" + text + "' is no time such as 90s, 10m or 2h");
            }
        }
    }

    /** Holds the pool and exits with the command's code. */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Holds the pool and returns the exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        return new CommandLine(new LoadTestCommand(out))
                .setOut(new PrintWriter(out, true, UTF_8))
                .setErr(new PrintWriter(err, true, UTF_8))
                .setParameterExceptionHandler((e, arguments) -> say(err, e.getMessage() + " (see --help)", BAD_INPUT))
                .setExecutionExceptionHandler((e, command, parsed) -> explain(err, e))
                .execute(args);
    }

    private static int explain(PrintStream err, Exception e) throws Exception {
        if (e instanceof BadInputException || e instanceof IllegalArgumentException) {
            return say(err, e.getMessage(), BAD_INPUT);
        }
        if (e instanceof BrowserPoolException) {
            return say(err, e.getMessage(), NOT_HAD);
        }
        throw e;
    }

    private static int say(PrintStream err, @Nullable String message, int code) {
        err.println("load-test: " + message);
        return code;
    }

    @Override
    public Integer call() throws BadInputException, InterruptedException {
        String url = redis;
        if (url == null || url.isBlank()) {
            throw new BadInputException(
                    "no server: name it with --redis URL or REDIS_URL; a pool in memory has no other programs");
        }
        PoolConfig config =
                PoolConfig.builder().name(pool).closeGrace(Duration.ZERO).build();
        try (CleanUp cleanUp = new CleanUp()) { // Ctrl-C closes the pool, and what it holds ends with it
            BrowserPool joined = cleanUp.add(RedisBrowserPool.connect(url, config));
            cleanUp.add(() -> isEnding = true);
            return hold(joined.loadTestLock());
        }
    }

    private int hold(LoadTestLock lock) throws InterruptedException {
        lock.current().ifPresent(other -> out.println("waits for the end of " + other.describe()));
        if (drain != null) {
            out.println("with the lock in hand it waits until no browser runs any more");
        }
        try (LoadTestLease lease = lock.acquire(run, options())) {
            CompletableFuture<String> lost = new CompletableFuture<>();
            lease.onLost(lost::complete);
            out.println("has pool " + pool + " for " + hold + ": "
                    + lease.loadTest().describe() + "; Ctrl-C gives it back");
            String reason = lost.get(hold.toNanos(), TimeUnit.NANOSECONDS);
            out.println(isEnding ? "gives pool " + pool + " back" : "lost: " + reason);
            return LOST;
        } catch (TimeoutException held) {
            out.println("gave pool " + pool + " back");
            return 0;
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody completes it so", e);
        }
    }

    private LoadTestOptions options() {
        Duration within = drain;
        LoadTestOptions options = LoadTestOptions.defaults().withTimeout(wait);
        options = within == null
                ? options.withTimeLimit(hold.plus(SLACK))
                : options.withTimeLimit(hold.plus(within).plus(SLACK)).withDrain(within);
        return who == null ? options : options.withWho(who);
    }
}
