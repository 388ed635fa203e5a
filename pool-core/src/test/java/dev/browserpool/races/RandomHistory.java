package dev.browserpool.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.LeaseLoss.Reason;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileRule;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.memory.MemoryStore;
import dev.browserpool.races.OracleLedger.Entry;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Ledger;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.Signal;
import dev.browserpool.spi.Ticket;
import dev.browserpool.spi.Which;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** The same random steps for a ledger and for the oracle. After each of them both must have said and become the same. */
final class RandomHistory {
    private static final int MAX_BROWSERS = 3;
    private static final int MAX_QUEUED = 12;
    private static final int MAX_QUEUED_PER_PROFILE = 4;
    private static final int STOP_GRACE = 10;
    private static final int IDS = 30;
    static final List<String> PROFILES = List.of("p0", "p1", "p2");

    private final SplittableRandom random;
    private final ManualTime time = new ManualTime();
    private final OracleLedger oracle = new OracleLedger(MAX_BROWSERS, MAX_QUEUED, MAX_QUEUED_PER_PROFILE, STOP_GRACE);
    private final List<Signal> heard = new ArrayList<>();
    private final List<Backend> members = new ArrayList<>();
    private final List<Ticket> tickets = new ArrayList<>();
    private final List<Entry> everybody = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private final Told told;

    RandomHistory(long seed) {
        this.random = new SplittableRandom(seed);
        PoolConfig config = PoolConfig.ofSlots(MAX_BROWSERS).toBuilder()
                .maxQueued(MAX_QUEUED)
                .maxQueuedPerProfile(MAX_QUEUED_PER_PROFILE)
                .stopGrace(Duration.ofMillis(STOP_GRACE))
                .build();
        MemoryStore store = MemoryStore.create(config, time);
        for (int i = 0; i < 2; i++) {
            Backend member = store.member();
            member.signals().listen(heard::add);
            member.ledger().join(member.identity());
            members.add(member);
        }
        this.told = new Told(tickets);
    }

    /** Runs it to the end, or to the first step after which the two differ: that is the shortest prefix that fails. */
    void run(int length) {
        for (int i = 0; i < length; i++) {
            try {
                step();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(e.getMessage() + "\nafter\n" + String.join("\n", steps), e);
            }
        }
    }

    private void step() {
        int dice = random.nextInt(100);
        if (dice < 40) {
            submit();
        } else if (dice < 60) {
            release();
        } else if (dice < 68) {
            withdraw();
        } else if (dice < 72) {
            again();
        } else if (dice < 80) {
            stop();
        } else if (dice < 92) {
            govern();
        } else {
            advance();
        }
    }

    private Ledger ledger() {
        return members.get(random.nextInt(members.size())).ledger();
    }

    private void both(String what, Supplier<String> real, Supplier<String> model) {
        steps.add(steps.size() + ": " + what);
        heard.clear();
        int usedBefore = oracle.used();
        String said = real.get();
        oracle.begin();
        String expected = model.get();
        oracle.serve();
        assertThat(said).as(what).isEqualTo(expected);
        assertThat(told.signals(heard))
                .as("told by " + what)
                .isEqualTo(oracle.told.stream().sorted().toList());
        Comparison.of(ledger(), oracle, told, usedBefore, what);
    }

    private void submit() {
        String id = "r" + random.nextInt(IDS);
        SlotRequest.Builder request = SlotRequest.builder(id, OperationType.TEST_RUN);
        int kind = random.nextInt(10);
        if (kind == 0) {
            request.under("r" + random.nextInt(IDS));
        } else if (kind < 7) {
            String profile = PROFILES.get(random.nextInt(PROFILES.size()));
            ProfileClaim claim = random.nextBoolean() ? ProfileClaim.exclusive(profile) : ProfileClaim.shared(profile);
            request.profile(random.nextInt(4) == 0 ? claim.refuseOnConflict() : claim);
        }
        boolean mayWait = random.nextInt(5) > 0;
        int millis = 5 + random.nextInt(60);
        Backend member = members.get(random.nextInt(members.size()));
        int number = oracle.arrive();
        Ticket ticket = new Ticket(member.identity().member(), number);
        tickets.add(ticket);
        SlotRequest built = request.build();
        Ask ask = new Ask(ticket, built, mayWait, Duration.ofMillis(millis));
        both(
                "submit #" + number + " " + built
                        + built.profile().map(Object::toString).orElse("")
                        + built.parentRequestId().map(p -> " under " + p).orElse("") + (mayWait ? "" : " now or never"),
                () -> told.admission(number, member.ledger().submit(ask), heard),
                () -> {
                    String answer = oracle.submit(built, number, mayWait, millis);
                    oracle.find(id).filter(e -> e.number == number).ifPresent(everybody::add);
                    return answer;
                });
    }

    /** Mostly one of the latest, alive or not; null as long as there was none. */
    private Entry anybody() {
        if (everybody.isEmpty()) {
            return null;
        }
        if (random.nextInt(4) == 0 && !oracle.alive.isEmpty()) {
            return oracle.alive.get(random.nextInt(oracle.alive.size()));
        }
        return everybody.get(everybody.size() - 1 - random.nextInt(Math.min(everybody.size(), 12)));
    }

    /** The same call once more, as after a lost answer. */
    private void again() {
        List<Entry> alive = oracle.alive;
        if (alive.isEmpty()) {
            return;
        }
        Entry entry = alive.get(random.nextInt(alive.size()));
        Ticket ticket = tickets.get(entry.number - 1);
        Ask ask = new Ask(ticket, entry.request, entry.mayWait, Duration.ofMillis(entry.maxMillis));
        both(
                "submit again " + entry,
                () -> told.again(member(ticket).submit(ask), heard),
                () -> !alive.contains(entry)
                        ? "gone"
                        : entry.state == SlotState.WAITING
                                ? "queued at " + (oracle.line().indexOf(entry) + 1)
                                : "granted");
    }

    private Ledger member(Ticket ticket) {
        return members.stream()
                .filter(m -> m.identity().member().equals(ticket.member()))
                .findFirst()
                .orElseThrow()
                .ledger();
    }

    private void release() {
        Entry entry = anybody();
        if (entry == null) {
            return;
        }
        Ticket ticket = tickets.get(entry.number - 1);
        boolean stale = random.nextInt(8) == 0;
        SlotState verdict = List.of(SlotState.COMPLETED, SlotState.FAILED, SlotState.RELEASED)
                .get(random.nextInt(3));
        both(
                "release " + entry + (stale ? " by a stale token" : ""),
                () -> told.release(
                        member(ticket)
                                .release(ticket, told.token(entry.number) - (stale ? 1 : 0), new Outcome(verdict, "r")),
                        heard),
                () -> {
                    if (stale || !entry.state.holdsSlot()) {
                        return "not held";
                    }
                    SlotState last = entry.why == null ? verdict : entry.why.state();
                    oracle.end(entry, last, false);
                    return "ended " + last;
                });
    }

    private void withdraw() {
        Entry entry = anybody();
        if (entry == null) {
            return;
        }
        Ticket ticket = tickets.get(entry.number - 1);
        both(
                "withdraw " + entry,
                () -> told.withdrawal(member(ticket).withdraw(ticket, new Outcome(SlotState.TIMED_OUT, "w")), heard),
                () -> {
                    if (entry.state == SlotState.WAITING) {
                        int position = oracle.line().indexOf(entry) + 1;
                        oracle.end(entry, SlotState.TIMED_OUT, false);
                        return "gone from " + position;
                    }
                    return entry.state.holdsSlot() ? "granted" : "unknown";
                });
    }

    private void stop() {
        String id = "r" + random.nextInt(IDS);
        Ledger ledger = ledger();
        if (random.nextBoolean()) {
            both("revoke " + id, () -> told.ids(ledger.stop(new Which.Running(id), Reason.REVOKED, "s"), heard), () -> {
                Entry entry = oracle.find(id)
                        .filter(e -> e.state == SlotState.RUNNING)
                        .orElse(null);
                if (entry != null) {
                    oracle.stop(entry, Reason.REVOKED);
                }
                return entry == null ? "[]" : "[" + id + "]";
            });
        } else {
            both("cancel " + id, () -> told.ids(ledger.stop(new Which.InLine(id), Reason.REVOKED, "s"), heard), () -> {
                Entry entry = oracle.find(id)
                        .filter(e -> e.state == SlotState.WAITING)
                        .orElse(null);
                if (entry != null) {
                    oracle.end(entry, SlotState.CANCELLED, true);
                }
                return entry == null ? "[]" : "[" + id + "]";
            });
        }
    }

    private void govern() {
        Ledger ledger = ledger();
        int number = 1 + random.nextInt(5);
        switch (random.nextInt(4)) {
            case 0 -> act(ledger, new Act.Resize(number), () -> oracle.maxBrowsers = number);
            case 1 -> act(ledger, new Act.LineLength(3 * number - 3), () -> oracle.maxQueued = 3 * number - 3);
            case 2 -> {
                if (random.nextInt(3) == 0) {
                    act(ledger, new Act.Pause("p"), () -> oracle.paused = true);
                } else {
                    act(ledger, new Act.Resume(), () -> oracle.paused = false);
                }
            }
            default -> {
                String profile = PROFILES.get(random.nextInt(PROFILES.size()));
                act(
                        ledger,
                        new Act.SetRule(ProfileRule.defaultFor(profile).withMaxActive(number)),
                        () -> oracle.maxActive.put(profile, number));
            }
        }
    }

    private void act(Ledger ledger, Act act, Runnable model) {
        both(
                act.toString(),
                () -> {
                    heard.addAll(ledger.govern(act).signals());
                    return "done";
                },
                () -> {
                    model.run();
                    return "done";
                });
    }

    private void advance() {
        int millis = 1 + random.nextInt(15);
        Backend member = members.get(random.nextInt(members.size()));
        String id = member.identity().member();
        time.advance(Duration.ofMillis(millis));
        oracle.now += millis;
        both(
                millis + " ms later",
                () -> {
                    heard.addAll(member.ledger().beat(0, 0).signals());
                    return "alive";
                },
                () -> {
                    oracle.remind(e -> tickets.get(e.number - 1).member().equals(id));
                    return "alive";
                });
    }
}
