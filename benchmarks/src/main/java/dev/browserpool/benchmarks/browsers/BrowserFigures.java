package dev.browserpool.benchmarks.browsers;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.benchmarks.report.Figures;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command behind {@code benchmarks/run browsers}: all ways in turn, in each round. */
@Command(
        name = "benchmarks/run browsers",
        mixinStandardHelpOptions = true,
        description =
                "Measures browser sessions beside other ways to isolated pages, with one browser and one local page.")
public final class BrowserFigures implements Callable<Integer> {
    /** Time for what is made ahead; all ways get it. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    static final List<Way> POOLS = List.of(Way.OURS_PREPARED, Way.OURS_WARM, Way.COMMONS, Way.SHARED, Way.COLD);

    @Option(
            names = "--rounds",
            description = "How often everything is measured, after a round that warms up (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--samples", description = "Openings of each way in a round (default: ${DEFAULT-VALUE}).")
    private int samples = 5;

    @Option(names = "--jobs", description = "Jobs of each pool in a round (default: ${DEFAULT-VALUE}).")
    private int jobs = 100;

    @Option(names = "--slots", description = "Browsers at a time (default: ${DEFAULT-VALUE}).")
    private int slots = 2;

    @Option(
            names = "--executable",
            paramLabel = "FILE",
            description = "The browser (default: the one that sessions find).")
    private @Nullable Path executable;

    @Option(
            names = "--docs",
            paramLabel = "FILE",
            description = "Replaces the section of this file that an earlier run wrote.")
    private @Nullable Path docs;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "Where browsers.json and browsers.md go (default: ${DEFAULT-VALUE}).")
    private Path results = Path.of("benchmarks", "results");

    private final Figures figures = new Figures();

    private BrowserFigures() {}

    /** Runs it; exits with 0 if all was measured, whether the targets are reached or not. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BrowserFigures()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path browser = browser();
        Path directory = Files.createTempDirectory("browser-figures-");
        try (LocalSite site = new LocalSite()) {
            unpackDriver(browser, directory);
            openings(browser, directory, site.url());
            pools(browser, directory, site.url());
        } finally {
            Directories.delete(directory);
        }
        BrowserReport report = new BrowserReport(figures, rounds, samples, jobs, slots, browser);
        System.out.println(report.console());
        report.write(results, Optional.ofNullable(docs));
        return 0;
    }

    /** Once per user, as sessions do it: Playwright alone would unpack another one in this JVM, and download browsers. */
    private static void unpackDriver(Path browser, Path directory) throws Exception {
        try (PageSource first = Way.OURS_OFF.open(1, browser, directory)) {
            first.lend(page -> say("the driver is unpacked"));
        }
    }

    private Path browser() {
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1))) {
            var sessions = BrowserSessions.builder(pool);
            Optional.ofNullable(executable).ifPresent(sessions::executable);
            try (BrowserSessions built = sessions.build()) {
                return built.executable().orElseThrow();
            }
        }
    }

    /** One after the other, sample by sample, so that whatever disturbs the machine disturbs all of them. */
    private void openings(Path browser, Path directory, String url) throws Exception {
        Map<Way, PageSource> ways = new EnumMap<>(Way.class);
        try {
            for (Way way : EnumSet.complementOf(EnumSet.of(Way.COMMONS, Way.SHARED))) {
                ways.put(way, way.open(1, browser, directory));
            }
            for (int round = 0; round <= rounds; round++) {
                say(round == 0 ? "openings: warming up" : "openings: round " + round + " of " + rounds);
                openings(ways, round == 0 ? 1 : samples, url);
                if (round == 0) {
                    figures.forget();
                }
            }
        } finally {
            ways.values().forEach(PageSource::close);
        }
        for (Way way : List.of(Way.COLD, Way.OURS_OFF, Way.OURS_PROFILE_OFF)) {
            try (PageSource source = way.open(1, browser, directory)) {
                source.lend(page -> {
                    page.navigate(url);
                    figures.add(BrowserReport.session(way), Family.memory());
                });
            }
        }
    }

    private void openings(Map<Way, PageSource> ways, int count, String url) throws Exception {
        Figures here = new Figures();
        for (int i = 0; i < count; i++) {
            for (Map.Entry<Way, PageSource> way : ways.entrySet()) {
                LockSupport.parkNanos(PAUSE.toNanos());
                here.add(way.getKey().name(), Jobs.one(way.getValue(), url));
            }
        }
        for (Way way : ways.keySet()) {
            figures.add(BrowserReport.open(way), here.spread(way.name()).median());
        }
    }

    private void pools(Path browser, Path directory, String url)
            throws InterruptedException, ExecutionException, IOException {
        for (int round = 1; round <= rounds; round++) {
            for (Way way : POOLS) {
                say("jobs: round " + round + " of " + rounds + ", " + way.title());
                try (PageSource source = way.open(slots, browser, directory)) {
                    Jobs done = Jobs.run(source, slots, jobs, url);
                    figures.add(BrowserReport.jobs(way), done.perSecond());
                    figures.add(BrowserReport.usable(way), done.usableMillis());
                    figures.add(BrowserReport.memory(way), done.memory());
                }
                figures.add(BrowserReport.left(way), (double) Family.size());
            }
        }
    }

    private static void say(String what) {
        System.err.println(what);
    }
}
