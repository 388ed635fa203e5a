package dev.browserpool.redis.processes;

import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolStatus;
import dev.browserpool.redis.processes.Tenure.End;
import dev.browserpool.redis.servers.Binary;
import dev.browserpool.redis.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionTimeoutException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

/** A server, the workers that share a pool on it, and what was done to them. */
final class Arena implements AutoCloseable {
    static final String POOL = "arena";
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(45);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Plan plan;
    private final Setting setting;
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final List<TcpProxy> links = new ArrayList<>();
    private final List<Disturbance> disturbances = new ArrayList<>();
    private ServerProcess redis;

    /**
     * What a fault needs.
     *
     * @param withLinks each worker reaches the server through a proxy of its own
     * @param shiftedClock the server's clock can be set
     * @param redisOptions as on the server's command line
     */
    record Setting(boolean withLinks, boolean shiftedClock, List<String> redisOptions) {
        static Setting plain(String... redisOptions) {
            return new Setting(false, false, List.of(redisOptions));
        }

        static Setting linked() {
            return new Setting(true, false, List.of());
        }

        static Setting onShiftedClock() {
            return new Setting(false, true, List.of());
        }
    }

    Arena(Plan plan, Setting setting) throws IOException {
        this.plan = plan;
        this.setting = setting;
        Files.createDirectories(plan.directory());
        this.redis = ServerProcess.start(Binary.BUNDLED, setting.redisOptions().toArray(String[]::new));
        for (int i = 0; i < plan.workers(); i++) {
            addWorker();
        }
        workers.forEach(WorkerProcess::awaitJoined);
        awaitGrants(5);
    }

    /** One more, with a name of its own. */
    WorkerProcess addWorker() throws IOException {
        int port = redis.port();
        if (setting.withLinks()) {
            TcpProxy link = TcpProxy.to(redis.port());
            links.add(link);
            port = link.port();
        }
        WorkerProcess worker = WorkerProcess.start(settings("w" + workers.size(), port));
        workers.add(worker);
        return worker;
    }

    private WorkerSettings settings(String name, int port) {
        return new WorkerSettings(
                name,
                "redis://127.0.0.1:" + port,
                POOL,
                plan.directory().resolve(name + ".log").toString(),
                plan.timing(),
                plan.maxBrowsers(),
                plan.threads(),
                3,
                1_000,
                setting.shiftedClock(),
                plan.seed() * 1_000 + workers.size());
    }

    Plan plan() {
        return plan;
    }

    Timing timing() {
        return plan.timing();
    }

    ServerProcess redis() {
        return redis;
    }

    /** Orders for the server, past every link. */
    void order(Command command, String... words) {
        try (RedisClient client = redis.client()) {
            Object unused = client.executeCommand(new CommandArguments(command).addObjects((Object[]) words));
        }
    }

    WorkerProcess worker(int number) {
        return workers.get(number);
    }

    List<WorkerProcess> workers() {
        return workers;
    }

    List<TcpProxy> links() {
        return links;
    }

    boolean isFollowedBy(ServerProcess replica) {
        try (RedisClient other = replica.client()) {
            return other.info("replication").contains("master_link_status:up");
        }
    }

    /** Kills the server and has everybody go on with another one. */
    void failOverTo(ServerProcess replica) {
        redis.close();
        redis = replica;
        order(Command.REPLICAOF, "NO", "ONE");
        links.forEach(link -> link.leadTo(replica.port()));
    }

    /** A new worker for the one that was killed, unless it was the last round. */
    void replaceKilled(int round) throws IOException {
        if (round < plan.rounds() - 1) {
            addWorker().awaitJoined();
        }
    }

    void letRun(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            LockSupport.parkNanos(end - now);
        }
    }

    /** Waits until each living worker was granted so many more leases: whatever was done to it is over. */
    void awaitGrants(int each) throws IOException {
        for (WorkerProcess worker : List.copyOf(workers)) {
            if (!worker.wasKilled()) {
                long before = grants(worker);
                await(worker.name() + " is granted more")
                        .atMost(ENDS_WITHIN)
                        .pollInterval(LOOK_EVERY)
                        .until(() -> grants(worker) >= before + each);
            }
        }
    }

    private static long grants(WorkerProcess worker) throws IOException {
        return worker.log().events().stream()
                .filter(event -> event.kind() == Event.Kind.GRANTED)
                .count();
    }

    /** Waits for the moment at which a worker holds leases and waits for more. */
    void awaitBusy(WorkerProcess worker) {
        await(worker.name() + " holds and waits")
                .atMost(ENDS_WITHIN)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    List<Tenure> open = worker.log().tenures(timing().keptAfterValidity()).stream()
                            .filter(tenure -> tenure.end() == End.OPEN)
                            .toList();
                    return open.stream().anyMatch(Tenure::wasGranted)
                            && open.stream().anyMatch(tenure -> !tenure.wasGranted());
                });
    }

    /** What a test does while nobody can be served, or one worker can't. */
    interface Fault {
        void run() throws Exception;
    }

    void disturb(String worker, Fault fault) throws Exception {
        long from = System.nanoTime();
        try {
            fault.run();
        } finally {
            disturbances.add(new Disturbance(from, System.nanoTime(), worker));
        }
    }

    /** Ends it: everybody finishes what it has begun, and leaves; then the logs and the store are judged. */
    Verdict finish(boolean storeForgot) throws Exception {
        for (WorkerProcess worker : workers) {
            worker.finish();
        }
        List<String> violations = new ArrayList<>();
        for (WorkerProcess worker : workers) {
            if (!worker.wasKilled() && !worker.hasLeft(ENDS_WITHIN)) {
                violations.add(worker.name() + " did not leave: " + worker.said());
            }
        }
        List<WorkerLog> logs = new ArrayList<>();
        for (WorkerProcess worker : workers) {
            logs.add(worker.log());
        }
        violations.addAll(sweep());
        Verdict verdict = new Judge(plan.maxBrowsers(), timing(), storeForgot).judge(logs, disturbances);
        violations.addAll(verdict.violations());
        return verdict.with(violations);
    }

    /** The last one that comes sees the dead buried in time, and goes. */
    private List<String> sweep() {
        BrowserPool pool = settings("sweeper", redis.port()).connect();
        try {
            await().atMost(timing().bound()).pollInterval(LOOK_EVERY).until(() -> isEmpty(pool.status()));
        } catch (ConditionTimeoutException e) {
            return List.of("still there: " + pool.status());
        } finally {
            pool.close();
        }
        try (RedisClient client = redis.client()) {
            return Leftovers.in(client, POOL);
        }
    }

    private static boolean isEmpty(PoolStatus status) {
        return status.members().size() == 1
                && status.running().isEmpty()
                && status.line().isEmpty();
    }

    @Override
    public void close() throws InterruptedException {
        workers.forEach(WorkerProcess::close);
        links.forEach(TcpProxy::close);
        redis.close();
    }
}
