package dev.browserpool.examples;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.examples.scheduler.AccountScheduler;
import dev.browserpool.examples.scheduler.Decision;
import dev.browserpool.examples.scheduler.SchedulerListener;
import dev.browserpool.examples.scheduler.TaskReport;
import dev.browserpool.examples.shop.ShopSite;
import dev.browserpool.examples.tasks.Account;
import dev.browserpool.examples.tasks.Action;
import dev.browserpool.examples.tasks.Task;
import dev.browserpool.examples.tasks.TaskList;
import dev.browserpool.examples.watch.BrowserWatch;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One run: opens the shop, has the tasks done, looks into every cart, and says what it found. */
final class DemoRun {
    private static final Duration AUDIT_TIME = Duration.ofMinutes(1);
    private static final Duration EXIT_PATIENCE = Duration.ofSeconds(10);

    private final Settings settings;
    private final TaskList list;
    private final Screen screen;
    private final Carts carts = new Carts();
    private final Map<String, Path> evidence = new ConcurrentHashMap<>();

    DemoRun(Settings settings, TaskList list, Screen screen) {
        this.settings = settings;
        this.list = list;
        this.screen = screen;
    }

    /**
     * Does it all.
     *
     * @return whether every check holds
     */
    boolean run() throws InterruptedException {
        List<String> accounts = accountsInUse().stream().map(Account::accountId).toList();
        try (ShopSite shop = ShopSite.open(accounts);
                BrowserWatch watch = BrowserWatch.start()) {
            Reports reports = work(new ShopErrands(shop, carts), shop);
            RunFacts facts = new RunFacts(
                    settings.slots(),
                    reports.tasks(),
                    reports.audits(),
                    carts.items(),
                    accounts.stream().collect(Collectors.toMap(Function.identity(), shop::signIns)),
                    new RunFacts.Processes(
                            watch.samples(),
                            watch.browsers(),
                            watch.most(),
                            watch.directoriesInTwoHands(),
                            watch.stillRunning(EXIT_PATIENCE)));
            return show(facts);
        }
    }

    private record Reports(List<TaskReport> tasks, List<TaskReport> audits) {}

    private Reports work(ShopErrands errands, ShopSite shop) throws InterruptedException {
        screen.line("Shop on " + shop.url() + ": " + list.tasks().size() + " tasks, "
                + accountsInUse().size() + " accounts, " + settings.workers() + " workers, " + settings.slots()
                + " browser slots");
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(settings.slots()));
                BrowserSessions browsers = sessions(pool)) {
            AccountScheduler scheduler = new AccountScheduler(
                    pool, browsers, settings.workers(), request -> Optional.ofNullable(evidence.get(request)));
            List<TaskReport> tasks;
            try (Progress progress = new Progress(screen, list.tasks().size())) {
                tasks = scheduler.run(list.tasks(), errands, progress);
            }
            screen.line("Looking into every cart once more");
            return new Reports(tasks, scheduler.run(audits(), errands, SchedulerListener.SILENT));
        }
    }

    private BrowserSessions sessions(BrowserPool pool) {
        return BrowserSessions.builder(pool)
                .profiles(settings.profiles())
                .evidence(settings.evidence())
                .defaults(options -> options.headed(settings.headed()))
                .onClosed(report -> report.evidence()
                        .ifPresent(path -> evidence.put(report.request().requestId(), path)))
                .build();
    }

    private List<Account> accountsInUse() {
        return list.tasks().stream()
                .flatMap(task -> task.account().stream())
                .distinct()
                .toList();
    }

    private List<Task> audits() {
        return accountsInUse().stream()
                .map(account -> new Task(
                        "audit_" + account.accountId(),
                        OperationType.TEST_RUN,
                        Action.READ_CART,
                        Optional.of(account),
                        List.of(),
                        AUDIT_TIME,
                        false))
                .toList();
    }

    private boolean show(RunFacts facts) {
        screen.line("");
        screen.line(new ResultTable(screen.symbols(), settings.evidence()).of(facts.tasks()));
        screen.line("");
        screen.line("Evidence under " + settings.evidence());
        screen.line("Tasks that met a busy profile: " + count(facts, Decision.Kind.RESCHEDULED)
                + " were rescheduled, of these " + count(facts, Decision.Kind.WAITED) + " waited the second time");
        screen.line("");
        screen.line("Checks");
        List<Check> checks = new Verdict(facts).checks();
        for (Check check : checks) {
            String symbol =
                    check.holds() ? screen.symbols().good() : screen.symbols().bad();
            screen.line("  " + symbol + " " + check.claim() + " (" + check.detail() + ")");
        }
        return checks.stream().allMatch(Check::holds);
    }

    private static long count(RunFacts facts, Decision.Kind kind) {
        return facts.tasks().stream()
                .filter(task -> task.decisions().contains(kind))
                .count();
    }
}
