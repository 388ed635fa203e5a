package dev.browserpool.examples;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.browserpool.AccountRouter.Route;
import dev.browserpool.examples.log.LogLine;
import dev.browserpool.examples.log.RunLog;
import dev.browserpool.examples.shop.ShopSite;
import dev.browserpool.examples.tasks.Expectation;
import dev.browserpool.examples.tasks.TaskList;
import dev.browserpool.examples.watch.BrowserWatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One run: opens the shop, has the tasks done, looks into every cart, and says what it found. */
final class DemoRun {
    private static final Duration EXIT_PATIENCE = Duration.ofSeconds(10);

    private final Settings settings;
    private final TaskList list;
    private final Screen screen;
    private final Symbols plain;

    /** With these symbols for what must not be coloured. */
    DemoRun(Settings settings, TaskList list, Screen screen, Symbols plain) {
        this.settings = settings;
        this.list = list;
        this.screen = screen;
        this.plain = plain;
    }

    /**
     * Does it all.
     *
     * @return whether every check holds
     */
    boolean run() throws InterruptedException, IOException, BadInputException {
        List<Route> routes = list.routesInUse();
        List<String> accounts = routes.stream().map(Route::accountId).toList();
        try (ShopSite shop = ShopSite.open(accounts);
                BrowserWatch watch = BrowserWatch.start();
                RunLog log = RunLog.to(settings.paths().log())) {
            list.tasksThatExpect(Expectation.REVIEW).stream()
                    .flatMap(task -> task.accountId().stream())
                    .forEach(shop::demandConfirmation);
            screen.line("Shop on " + shop.url() + ": " + list.toDo().size() + " tasks, " + accounts.size()
                    + " accounts, " + settings.workers() + " workers, " + settings.slots() + " browser slots");
            Carts carts = new Carts();
            TaskRun.Result result =
                    new TaskRun(settings, list, screen).run(new ShopErrands(shop.access(), carts), shop);
            return new Summary(screen, plain, settings.paths())
                    .show(new RunFacts(
                            settings.slots(),
                            result.tasks(),
                            result.audits(),
                            carts.items(),
                            accounts.stream().collect(toMap(identity(), shop::signIns)),
                            result.profiles(),
                            ConflictTally.of(
                                    result.conflicts(),
                                    LogLine.read(settings.paths().log()),
                                    result.all()),
                            new RunFacts.Processes(
                                    watch.samples(),
                                    watch.browsers(),
                                    watch.most(),
                                    watch.directoriesInTwoHands(),
                                    watch.stillRunning(EXIT_PATIENCE))));
        }
    }
}
