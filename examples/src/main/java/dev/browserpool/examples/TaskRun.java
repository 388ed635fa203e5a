package dev.browserpool.examples;

import dev.browserpool.BrowserPool;
import dev.browserpool.ConflictPolicy;
import dev.browserpool.PoolConfig;
import dev.browserpool.PoolEvent.ProfileConflict;
import dev.browserpool.ProfileLocks;
import dev.browserpool.ProfileRecord;
import dev.browserpool.examples.people.Console;
import dev.browserpool.examples.people.Office;
import dev.browserpool.examples.people.Prompt;
import dev.browserpool.examples.people.ScriptedReviewer;
import dev.browserpool.examples.scheduler.AccountScheduler;
import dev.browserpool.examples.scheduler.SchedulerListener;
import dev.browserpool.examples.scheduler.SchedulerLog;
import dev.browserpool.examples.scheduler.TaskReport;
import dev.browserpool.examples.shop.ShopSite;
import dev.browserpool.examples.tasks.Expectation;
import dev.browserpool.examples.tasks.Task;
import dev.browserpool.examples.tasks.TaskList;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSessions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Has the tasks done, with a pool, a scheduler and a reviewer of its own; then looks into every cart. */
final class TaskRun {
    /** A vanished worker's profile is free after its lock timeout and this; a closing browser has to fit in. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(15);

    private static final Duration EVIDENCE_BUDGET = Duration.ofSeconds(5);
    private static final Duration CLOSE_BUDGET = Duration.ofSeconds(4);

    /** Tasks take seconds here, so pauses are short. */
    static final ConflictPolicy POLICY =
            new ConflictPolicy(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(4), 3);

    private static final int HISTORY = 50;

    private final Settings settings;
    private final TaskList list;
    private final Screen screen;
    private final DemoSessions sessions;
    private final RunNotes notes = new RunNotes();
    private final SchedulerLog log = new SchedulerLog();

    TaskRun(Settings settings, TaskList list, Screen screen) {
        this.settings = settings;
        this.list = list;
        this.screen = screen;
        this.sessions = new DemoSessions(settings.paths(), settings.headed(), EVIDENCE_BUDGET, CLOSE_BUDGET);
    }

    /**
     * What came of it.
     *
     * @param tasks how each task ended
     * @param audits how the last look into each account's cart ended
     * @param profiles what happened to profiles beside ordinary work
     * @param conflicts what the pool told of conflicts
     */
    record Result(
            List<TaskReport> tasks,
            List<TaskReport> audits,
            RunFacts.Profiles profiles,
            List<ProfileConflict> conflicts) {
        List<TaskReport> all() {
            return Stream.concat(tasks.stream(), audits.stream()).toList();
        }
    }

    Result run(ShopErrands errands, ShopSite shop) throws InterruptedException, IOException, BadInputException {
        PoolConfig config = PoolConfig.builder()
                .maxBrowsers(settings.slots())
                .stopGrace(STOP_GRACE)
                .build();
        try (BrowserPool pool = InMemoryBrowserPool.create(config);
                BrowserSessions browsers = sessions.over(pool);
                RunDashboard dashboard = RunDashboard.over(pool, settings, screen)) {
            pool.addListener(notes);
            pool.addListener(log);
            AccountScheduler scheduler =
                    new AccountScheduler(pool, browsers, settings.workers(), POLICY, sessions::evidenceOf);
            List<Task> vanished = list.tasksThatExpect(Expectation.VANISH);
            VanishingWorker ghost = new VanishingWorker(pool);
            for (Task task : vanished) {
                ghost.begin(task);
            }
            List<TaskReport> tasks = doTasks(pool, scheduler, errands, shop);
            RunFacts.Profiles profiles =
                    new RunFacts.Profiles(vanished, notes.recoveries(), quarantined(pool.profiles()));
            screen.line("Looking into every cart once more");
            List<TaskReport> audits = scheduler.run(Audits.of(list), errands, List.of(log));
            dashboard.stay();
            notes.finish(pool);
            return new Result(tasks, audits, profiles, notes.conflicts());
        }
    }

    private List<TaskReport> doTasks(BrowserPool pool, AccountScheduler scheduler, ShopErrands errands, ShopSite shop)
            throws InterruptedException {
        Office office = new Office(
                pool.profiles(), profilesInUse(), scheduler.desk(), profile -> confirm(shop, profile), screen::line);
        try (Progress progress = new Progress(screen, list.toDo().size());
                ScriptedReviewer reviewer = new ScriptedReviewer(office)) {
            pool.addListener(progress);
            List<SchedulerListener> listeners = new ArrayList<>(List.of(notes, log, progress));
            if (settings.review() == Settings.Review.AUTO) {
                pool.addListener(reviewer);
                listeners.add(reviewer);
            } else {
                Prompt prompt = new Prompt(office);
                pool.addListener(prompt);
                listeners.add(prompt);
                ask(new Console(office));
            }
            return scheduler.run(list.toDo(), errands, listeners);
        }
    }

    private void ask(Console console) {
        screen.line("You review: type help");
        BufferedReader in = new BufferedReader(new InputStreamReader(settings.input(), Charset.defaultCharset()));
        Thread thread = new Thread(() -> console.readAll(in), "console");
        thread.setDaemon(true);
        thread.start();
    }

    /** What a person does in the shop's mail before clearing a profile. */
    private void confirm(ShopSite shop, String profileId) {
        list.routesInUse().stream()
                .filter(route -> route.profileId().equals(profileId))
                .forEach(route -> shop.confirm(route.accountId()));
    }

    private Set<String> profilesInUse() {
        Set<String> profiles = new LinkedHashSet<>();
        list.routesInUse().forEach(route -> profiles.add(route.profileId()));
        return profiles;
    }

    private Map<String, List<ProfileRecord>> quarantined(ProfileLocks profiles) {
        Map<String, List<ProfileRecord>> histories = new LinkedHashMap<>();
        for (String profile : profilesInUse()) {
            List<ProfileRecord> history = profiles.history(profile, HISTORY);
            if (history.stream().anyMatch(record -> record.kind() == ProfileRecord.Kind.QUARANTINED)) {
                histories.put(profile, history);
            }
        }
        return histories;
    }
}
