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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** A ledger with some members, and the oracle beside it: whatever is done is done to both, and compared. */
final class Twin implements AutoCloseable {
    static final int MAX_BROWSERS = 3;
    static final int MAX_QUEUED = 12;
    private static final int MEMBERS = 3;
    private static final int MAX_QUEUED_PER_PROFILE = 4;
    private static final int STOP_GRACE = 10;

    final OracleLedger oracle = new OracleLedger(MAX_BROWSERS, MAX_QUEUED, MAX_QUEUED_PER_PROFILE, STOP_GRACE);
    final OracleActs acts = new OracleActs(oracle);
    final List<OracleEntry> everybody = new ArrayList<>();
    final List<Backend> members = new ArrayList<>();
    final Told told;
    private final List<String> profiles;
    private final int tasks;
    /** Those who give no sign of life, and do nothing. */
    final Set<Backend> silent = new HashSet<>();
    /** Who is known by which name, and was known by it. */
    private final Map<String, Backend> byName = new HashMap<>();

    final Store store;
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
        for (int i = 0; i < MEMBERS; i++) {
            Backend member = store.newMember();
            members.add(member);
            join(member);
        }
        this.told = new Told(tickets);
        this.comparison = new Comparison(this);
    }

    void join(Backend member) {
        String name = member.identity().member();
        byName.put(name, member);
        member.signals().listen(heard::add, () -> {});
        member.ledger().join(member.identity());
        oracle.members.lives(name);
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
        assertThat(heardByThePresent(told.signals(heard)))
                .as(() -> "told by " + what)
                .isEqualTo(heardByThePresent(oracle.told));
        comparison.after(what, usedBefore);
    }

    /** What is said to one who is silent is nobody's business. The number of a request is its second word. */
    private List<String> heardByThePresent(List<String> told) {
        return told.stream()
                .filter(said -> {
                    Ticket ticket = tickets.get(Integer.parseInt(said.split(" ", 3)[1]) - 1);
                    return present().stream()
                            .anyMatch(member -> member.identity().member().equals(ticket.member()));
                })
                .sorted()
                .toList();
    }

    /** Something that is done to nobody yet. */
    void note(String what) {
        steps.add(steps.size() + ": " + what);
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
        return ticket(entry.number);
    }

    Ticket ticket(int number) {
        return tickets.get(number - 1);
    }

    /** Those who give signs of life. */
    List<Backend> present() {
        return members.stream().filter(member -> !silent.contains(member)).toList();
    }

    static boolean isOf(Backend member, OracleEntry entry) {
        return entry.member.equals(member.identity().member());
    }

    /** Whether its member has joined anew since. */
    boolean isOfFormer(OracleEntry entry) {
        return members.stream().noneMatch(member -> isOf(member, entry));
    }

    private boolean canSpeak(OracleEntry entry) {
        return !silent.contains(byName.get(entry.member));
    }

    /** The ledger as the member of this request sees it. */
    Ledger ledgerOf(OracleEntry entry) {
        return byName.get(entry.member).ledger();
    }

    Backend anyMember(SplittableRandom random) {
        return present().get(random.nextInt(present().size()));
    }

    String anyProfile(SplittableRandom random) {
        return profiles.get(random.nextInt(profiles.size()));
    }

    String anyTask(SplittableRandom random) {
        return "t" + random.nextInt(tasks);
    }

    /** One who is alive, or one of the latest; null if there is none. */
    OracleEntry anybody(SplittableRandom random) {
        if (random.nextBoolean()) {
            return anybodyAlive(random);
        }
        List<OracleEntry> latest = everybody.subList(Math.max(0, everybody.size() - 12), everybody.size());
        return any(latest, random);
    }

    OracleEntry anybodyAlive(SplittableRandom random) {
        return any(oracle.alive, random);
    }

    private OracleEntry any(List<OracleEntry> entries, SplittableRandom random) {
        List<OracleEntry> speakers = entries.stream().filter(this::canSpeak).toList();
        return speakers.isEmpty() ? null : speakers.get(random.nextInt(speakers.size()));
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
