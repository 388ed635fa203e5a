package dev.browserpool.benchmarks.browsers;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.benchmarks.report.Figures;
import dev.browserpool.benchmarks.report.Rounds;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command behind {@code benchmarks/run browsers}: all ways in turn, in each round. */
@Command(
        name = "browsers",
        mixinStandardHelpOptions = true,
        description =
                "Measures browser sessions beside other ways to isolated pages, with one browser and one local page.")
public final class BrowserFigures implements Callable<Integer> {
    /** Time for what is made ahead; all ways get it. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    static final List<Way> POOLS =
            List.of(Way.OURS_SHARED, Way.OURS_PREPARED, Way.OURS_WARM, Way.COMMONS, Way.SHARED, Way.COLD);

    @Mixin
    private Rounds rounds = new Rounds();

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Openings of each way in a round (5; 1 in the short form).")
    private int samples;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Jobs of each pool in a round (100; 2 in the short form).")
    private int jobs;

    @Option(names = "--slots", paramLabel = "N", description = "Browsers at a time (default: ${DEFAULT-VALUE}).")
    private int slots = 2;

    @Option(
            names = "--executable",
            paramLabel = "FILE",
            description = "The browser (default: the one that sessions find).")
    private @Nullable Path executable;

    @Option(
            names = "--peers",
            description =
                    "Pools for Node as well, in the same rounds (node 20 and npm; their packages are fetched once).")
    private boolean peers;

    @Override
    public Integer call() throws Exception {
        samples = rounds.orElse(samples, 1, 5);
        jobs = rounds.orElse(jobs, 2, 100);
        Path browser = browser();
        Path directory = Files.createTempDirectory("browser-figures-");
        Peers node = new Peers(directory.resolve("peers"));
        Figures figures;
        try (LocalSite site = new LocalSite()) {
            unpackDriver(browser, directory);
            figures = openings(browser, directory, site.url());
            figures.putAll(rounds.measure(5, round -> Phases.measure(round, samples, browser, site.url())));
            figures.putAll(rounds.measure(5, round -> {
                pools(round, browser, directory, site.url());
                if (peers) {
                    node.measure(round, slots, jobs, browser, site.url());
                }
            }));
        } finally {
            Directories.delete(directory);
        }
        rounds.publish(new BrowserReport(figures, jobs, slots, browser, node.titles()).page(rounds.command()));
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
    private Figures openings(Path browser, Path directory, String url) throws Exception {
        Map<Way, PageSource> ways = new EnumMap<>(Way.class);
        Figures figures;
        try {
            for (Way way : EnumSet.complementOf(EnumSet.of(Way.COMMONS, Way.SHARED))) {
                ways.put(way, way.open(1, browser, directory));
            }
            figures = rounds.measure(5, round -> openings(round, ways, url));
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
        return figures;
    }

    private void openings(Figures round, Map<Way, PageSource> ways, String url) throws Exception {
        Figures here = new Figures();
        for (int i = 0; i < samples; i++) {
            for (Map.Entry<Way, PageSource> way : ways.entrySet()) {
                LockSupport.parkNanos(PAUSE.toNanos());
                here.add(way.getKey().name(), Jobs.one(way.getValue(), url));
            }
        }
        for (Way way : ways.keySet()) {
            round.add(BrowserReport.open(way), here.spread(way.name()).median());
        }
    }

    private void pools(Figures round, Path browser, Path directory, String url)
            throws InterruptedException, ExecutionException, IOException {
        for (Way way : POOLS) {
            say("  jobs: " + way.title());
            try (PageSource source = way.open(slots, browser, directory)) {
                Jobs done = Jobs.run(source, slots, jobs, url);
                round.add(BrowserReport.jobs(way), done.perSecond());
                round.add(BrowserReport.usable(way), done.usableMillis());
                round.add(BrowserReport.memory(way), done.memory());
            }
            round.add(BrowserReport.left(way), (double) Family.size());
        }
    }

    private static void say(String what) {
        System.err.println(what);
    }
}
