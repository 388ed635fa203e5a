package dev.browserpool.examples;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.browserpool.AccountRouter.Route;
import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.PoolStatus;
import dev.browserpool.examples.distributed.DistributedScheduler;
import dev.browserpool.examples.distributed.Handover;
import dev.browserpool.examples.distributed.RedisProcess;
import dev.browserpool.examples.distributed.SharedPool;
import dev.browserpool.examples.distributed.WorkerProcess;
import dev.browserpool.examples.scheduler.TaskReport;
import dev.browserpool.examples.scheduler.TaskReport.Outcome;
import dev.browserpool.examples.shop.ShopSite;
import dev.browserpool.examples.tasks.Action;
import dev.browserpool.examples.tasks.Expectation;
import dev.browserpool.examples.tasks.Task;
import dev.browserpool.examples.tasks.TaskList;
import dev.browserpool.examples.watch.BrowserWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One run over several JVMs: opens shop and store, has the tasks done, kills a worker, and says what it found. */
final class DistributedRun {
    private static final Duration EXIT_PATIENCE = Duration.ofSeconds(10);
    /** Chromium makes sockets below it, whose paths must not be long. */
    private static final String SHORT_NAME = "bp-";

    private static final ConflictTally NONE = new ConflictTally(Map.of(), Map.of(), Map.of());

    private final Settings settings;
    private final TaskList list;
    private final String tasksFile;
    private final Screen screen;
    private final Symbols plain;

    /**
     * @param list the tasks
     * @param tasksFile where they stand; empty text for the list that the examples bring along
     * @param plain symbols for what must not be coloured
     */
    DistributedRun(Settings settings, TaskList list, String tasksFile, Screen screen, Symbols plain) {
        this.settings = settings;
        this.list = list;
        this.tasksFile = tasksFile;
        this.screen = screen;
        this.plain = plain;
    }

    /** What was found before all was closed. */
    private record Found(
            List<TaskReport> tasks,
            List<TaskReport> audits,
            Carts carts,
            Map<String, Integer> signIns,
            Optional<Handover> handover,
            List<String> strangers,
            List<WorkerProcess> workers) {}

    /**
     * Does it all.
     *
     * @return whether every check holds
     */
    boolean run() throws InterruptedException, IOException, BadInputException {
        try (BrowserWatch watch = BrowserWatch.start()) {
            Path temporary = Files.createTempDirectory(SHORT_NAME);
            Found found;
            try (CleanUp cleanUp = new CleanUp()) {
                cleanUp.add(() -> endAll(watch, temporary));
                found = work(cleanUp, temporary);
            }
            return show(found, watch, leftBehind(found.workers(), temporary));
        }
    }

    /** Last of all, when everybody was told to go. */
    private static void endAll(BrowserWatch watch, Path temporary) throws IOException, InterruptedException {
        if (watch.stillRunning(EXIT_PATIENCE).isEmpty()) {
            RunDirectory.delete(temporary);
        }
    }

    /** The run's own directory, and those that browsers got elsewhere because its path was too long for them. */
    private static List<String> leftBehind(List<WorkerProcess> workers, Path temporary) throws IOException {
        List<String> names = workers.stream()
                .map(worker -> "browser-pool-" + worker.processId() + "-")
                .toList();
        List<String> left = new ArrayList<>();
        try (Stream<Path> entries = Files.list(temporary.getParent())) {
            entries.filter(path -> path.equals(temporary)
                            || names.stream().anyMatch(path.getFileName().toString()::startsWith))
                    .forEach(path -> left.add(path.toString()));
        }
        return left;
    }

    private Found work(CleanUp cleanUp, Path temporary) throws IOException, InterruptedException, BadInputException {
        List<String> accounts =
                list.routesInUse().stream().map(Route::accountId).toList();
        ShopSite shop = cleanUp.add(ShopSite.open(accounts));
        RedisProcess redis = cleanUp.add(RedisProcess.start(temporary));
        BrowserPool pool = cleanUp.add(SharedPool.join(redis.url(), settings.slots()));
        RunDashboard dashboard = cleanUp.add(RunDashboard.over(pool, settings, screen));
        screen.line("Shop on " + shop.url() + ", store on " + redis.url() + ": "
                + list.tasks().size() + " tasks, "
                + accounts.size() + " accounts, " + settings.workers() + " worker JVMs, " + settings.slots()
                + " browser slots");
        List<WorkerProcess> workers = new ArrayList<>();
        for (int number = 1; number <= settings.workers(); number++) {
            workers.add(cleanUp.add(worker(number, redis, shop, temporary)));
        }
        try (Progress progress = new Progress(screen, list.toDo().size())) {
            DistributedScheduler scheduler =
                    new DistributedScheduler(pool, workers, new DistributedNews(screen, progress));
            Optional<Handover> handover = scheduler.run(list.tasks());
            List<TaskReport> tasks = scheduler.reports();
            Carts carts = new Carts();
            tasks.forEach(task -> fill(carts, task));
            screen.line("Looking into every cart once more");
            List<TaskReport> audits = scheduler.check(Audits.of(list), carts.all());
            dashboard.stay();
            dashboard.close();
            for (WorkerProcess worker : workers) {
                worker.close();
            }
            return new Found(
                    tasks,
                    audits,
                    carts,
                    accounts.stream().collect(toMap(identity(), shop::signIns)),
                    handover,
                    strangers(pool.status()),
                    workers);
        }
    }

    private WorkerProcess worker(int number, RedisProcess redis, ShopSite shop, Path temporary) throws IOException {
        String name = "worker-" + number;
        Path log = settings.paths().log().toAbsolutePath().resolveSibling(name + ".jsonl");
        Orders orders = new Orders(
                name,
                redis.url(),
                settings.slots(),
                settings.headed(),
                tasksFile,
                settings.paths().profiles().toString(),
                settings.paths().evidence().toString(),
                log.toString(),
                shop.access());
        Path own = Files.createDirectory(temporary.resolve("w" + number));
        Path errors = log.resolveSibling(name + ".err");
        return WorkerProcess.start(name, new WorkerProcess.Command(WorkerJvm.class, own, errors), orders);
    }

    /** As a task that ended leaves it; the one that was killed had done all its work. */
    private static void fill(Carts carts, TaskReport report) {
        Task task = report.task();
        boolean added = report.outcome() == Outcome.DONE || task.expectation() == Expectation.VANISH;
        if (added && task.action() == Action.ADD_TO_CART) {
            task.items().forEach(item -> carts.added(task.accountId().orElseThrow(), item));
        }
    }

    private static List<String> strangers(PoolStatus status) {
        Stream<String> members = status.members().stream().skip(1);
        Stream<BrowserSlot> requests =
                Stream.concat(status.running().stream(), status.line().stream().map(PoolStatus.Waiting::slot));
        return Stream.concat(members, requests.map(BrowserSlot::requestId)).toList();
    }

    private boolean show(Found found, BrowserWatch watch, List<String> leftBehind)
            throws InterruptedException, IOException {
        Path profiles = settings.paths().profiles().toRealPath();
        Optional<Instant> browserLastSeen = found.handover()
                .flatMap(it -> watch.lastSeen(
                        profiles.resolve(it.last().profileId()), it.killing().at()));
        screen.line("");
        screen.line(new ResultTable(plain).of(found.tasks()));
        found.handover().ifPresent(handover -> {
            screen.line("");
            screen.line(new HandoverTable(handover, browserLastSeen).text());
        });
        screen.line("");
        screen.line("Logs: worker-*.jsonl beside " + settings.paths().log());
        RunFacts facts = new RunFacts(
                settings.slots(),
                found.tasks(),
                found.audits(),
                found.carts().items(),
                found.signIns(),
                new RunFacts.Profiles(List.of(), List.of(), Map.of()),
                NONE,
                new RunFacts.Processes(
                        watch.samples(),
                        watch.browsers(),
                        watch.most(),
                        watch.directoriesInTwoHands(),
                        watch.stillRunning(EXIT_PATIENCE)));
        return screen.show(new DistributedVerdict(
                        facts,
                        new DistributedVerdict.Distributed(
                                found.handover(), browserLastSeen, found.strangers(), leftBehind))
                .checks());
    }
}
