package dev.browserpool.benchmarks.scale;

import dev.browserpool.benchmarks.scale.Calls.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;

/**
 * What each step costs the server while so many members and waiters are there, one step after the other on one connection: its own run, and the
 * processor time with the reading and writing of it.
 */
final class StepPrices {
    private static final Duration AN_HOUR = Duration.ofHours(1);
    private static final int SLOTS = 500;
    private static final int BATCH = 500;

    private final VirtualStore store;
    private final Calls calls;
    private final BlockingQueue<Grants.Told> told;
    private final int members;
    private final Deque<Grants.Told> running = new ArrayDeque<>();
    private final Deque<String> line = new ArrayDeque<>();
    private final Map<Step, Price> prices = new EnumMap<>(Step.class);
    private long clock;
    private long tickets;

    /** The steps that traffic is made of. */
    enum Step {
        BEAT_IDLE("a sign of life of a member that has nothing"),
        BEAT("a sign of life of a member that waits"),
        SUBMIT("a request that has to wait"),
        RELEASE("a release with the grant to the next"),
        WITHDRAW("a request that gives up"),
        STATUS("a status page, 500 running");

        final String title;

        Step(String title) {
            this.title = title;
        }
    }

    /**
     * Of one step.
     *
     * @param micros its own run in the server
     * @param cpu processor time of the server's thread, with the way in and out
     * @param commands how many commands of the data it runs
     */
    record Price(double micros, double cpu, double commands) {}

    /**
     * All prices.
     *
     * @param bytesPerMember what a member takes in the server's memory
     * @param bytesPerWaiter what a waiter takes
     */
    record Prices(int members, int waiters, Map<Step, Price> of, double bytesPerMember, double bytesPerWaiter) {}

    private StepPrices(VirtualStore store, BlockingQueue<Grants.Told> told, int members) {
        this.store = store;
        this.calls = new Calls(store);
        this.told = told;
        this.members = members;
    }

    static Prices with(int members, int waiters, Jedis redis, String url) throws InterruptedException {
        VirtualStore store = VirtualStore.open(redis, url);
        try (Grants grants = new Grants(url, store.channels())) {
            return new StepPrices(store, grants.heard(), members).measure(waiters);
        } finally {
            store.delete();
        }
    }

    private Prices measure(int waiters) throws InterruptedException {
        long empty = store.memory();
        for (int i = 0; i < members; i++) {
            clock++;
            store.clock(clock);
            Answer unused = calls.join(member(i), new Calls.Settings(SLOTS, 2 * waiters + BATCH, AN_HOUR));
        }
        long joined = store.memory();
        times(BATCH, Step.BEAT_IDLE, i -> calls.beat(member(i), 0, 0));
        for (int i = 0; i < SLOTS; i++) {
            submit();
        }
        long taken = store.memory();
        for (int i = 0; i < waiters; i++) {
            submit();
        }
        long full = store.memory();
        times(BATCH, Step.BEAT, i -> calls.beat(member(i), 0, 0));
        times(BATCH, Step.SUBMIT, i -> submit());
        times(BATCH, Step.WITHDRAW, i -> withdraw());
        times(BATCH, Step.RELEASE, i -> release());
        times(BATCH / 10, Step.STATUS, i -> calls.status(member(i)));
        return new Prices(
                members, waiters, prices, (double) (joined - empty) / members, (double) (full - taken) / waiters);
    }

    private String member(long number) {
        return "member-" + number % members;
    }

    private interface Work {
        void run(int number) throws InterruptedException;
    }

    private void times(int count, Step step, Work work) throws InterruptedException {
        ServerReading before = store.reading();
        for (int i = 0; i < count; i++) {
            clock++;
            store.clock(clock);
            work.run(i);
        }
        ServerReading spent = store.reading().since(before);
        double steps = spent.steps();
        prices.put(
                step, new Price(spent.stepMicros() / steps, spent.cpuMicros() / steps, (spent.commands() - 1) / steps));
    }

    private void submit() {
        String member = member(tickets);
        String ticket = member + "/" + tickets++;
        Answer answer = calls.submit(member, ticket, AN_HOUR);
        if (answer.result().get("k").getAsString().equals("G")) {
            running.add(Grants.Told.of(ticket, answer.result().getAsJsonObject("g")));
        } else {
            line.add(ticket);
        }
    }

    private void withdraw() {
        String ticket = line.removeLast();
        Answer unused = calls.withdraw(Grants.memberOf(ticket), ticket);
    }

    private void release() throws InterruptedException {
        Grants.Told lease = running.remove();
        Answer answer = calls.release(Grants.memberOf(lease.ticket()), lease.ticket(), lease.token());
        answer.signals().forEach(signal -> running.add(Grants.Told.of(signal)));
        for (long i = 0; i < answer.sent(); i++) {
            Grants.Told next = told.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new IllegalStateException("a message was not heard");
            }
            running.add(next);
        }
        line.remove();
    }
}
