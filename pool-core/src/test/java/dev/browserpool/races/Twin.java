package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.PoolConfig;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.races.OracleContract.Store;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Signal;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** A ledger in memory with two members, and the oracle beside it: whatever is done is done to both, and compared. */
final class Twin implements AutoCloseable {
    private static final int MAX_BROWSERS = 3;
    private static final int MAX_QUEUED = 12;
    private static final int MAX_QUEUED_PER_PROFILE = 4;
    private static final int STOP_GRACE = 10;

    final OracleLedger oracle = new OracleLedger(MAX_BROWSERS, MAX_QUEUED, MAX_QUEUED_PER_PROFILE, STOP_GRACE);
    final OracleActs acts = new OracleActs(oracle);
    final List<OracleEntry> everybody = new ArrayList<>();
    final List<Backend> members = new ArrayList<>();
    final Told told;
    private final List<String> profiles;
    private final int tasks;
    private final Store store;
    private final ManualTime time = new ManualTime();
    private final List<Signal> heard = new CopyOnWriteArrayList<>();
    private final List<Ticket> tickets = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private final Comparison comparison;

    /** The first few of the profiles and tasks. */
    Twin(int profiles, int tasks, BiFunction<PoolConfig, ManualTime, Store> stores) {
        this.profiles = RandomHistory.PROFILES.subList(0, profiles);
        this.tasks = tasks;
        PoolConfig config = PoolConfig.ofSlots(MAX_BROWSERS).toBuilder()
                .maxQueued(MAX_QUEUED)
                .maxQueuedPerProfile(MAX_QUEUED_PER_PROFILE)
                .stopGrace(Duration.ofMillis(STOP_GRACE))
                .build();
        this.store = stores.apply(config, time);
        for (int i = 0; i < 2; i++) {
            Backend member = store.newMember();
            member.signals().listen(heard::add, () -> {});
            member.ledger().join(member.identity());
            members.add(member);
        }
        this.told = new Told(tickets);
        this.comparison = new Comparison(this);
    }

    /** One step of each. After it both must have said and become the same. */
    void both(String what, Supplier<String> real, Supplier<String> model) {
        steps.add(steps.size() + ": " + what);
        heard.clear();
        int usedBefore = oracle.used();
        String said = real.get();
        oracle.begin();
        String expected = model.get();
        oracle.serve();
        assertThat(said).as(() -> what).isEqualTo(expected);
        assertThat(told.signals(heard))
                .as(() -> "told by " + what)
                .isEqualTo(oracle.told.stream().sorted().toList());
        comparison.after(what, usedBefore);
    }

    List<String> steps() {
        return steps;
    }

    /** The answer of a ledger, after it was heard what else it said. */
    <T> T result(Reply<T> reply) {
        heard.addAll(reply.signals());
        return reply.result();
    }

    Ticket newTicket(Backend member) {
        Ticket ticket = new Ticket(member.identity().member(), oracle.arrive());
        tickets.add(ticket);
        return ticket;
    }

    Ticket ticket(OracleEntry entry) {
        return tickets.get(entry.number - 1);
    }

    boolean isOf(Backend member, OracleEntry entry) {
        return ticket(entry).member().equals(member.identity().member());
    }

    /** The ledger as the member of this request sees it. */
    Ledger ledgerOf(OracleEntry entry) {
        return members.stream()
                .filter(member -> isOf(member, entry))
                .findFirst()
                .orElseThrow()
                .ledger();
    }

    Backend anyMember(SplittableRandom random) {
        return members.get(random.nextInt(members.size()));
    }

    String anyProfile(SplittableRandom random) {
        return profiles.get(random.nextInt(profiles.size()));
    }

    String anyTask(SplittableRandom random) {
        return "t" + random.nextInt(tasks);
    }

    /** One who is alive, or one of the latest; null as long as there was none. */
    OracleEntry anybody(SplittableRandom random) {
        if (everybody.isEmpty()) {
            return null;
        }
        if (random.nextBoolean() && !oracle.alive.isEmpty()) {
            return oracle.alive.get(random.nextInt(oracle.alive.size()));
        }
        return everybody.get(everybody.size() - 1 - random.nextInt(Math.min(everybody.size(), 12)));
    }

    void advance(long millis) {
        time.advance(Duration.ofMillis(millis));
        oracle.now += millis;
    }

    @Override
    public void close() {
        members.forEach(Backend::close);
        store.close();
    }
}
