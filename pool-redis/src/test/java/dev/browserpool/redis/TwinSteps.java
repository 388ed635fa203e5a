package dev.browserpool.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.LeaseLoss.Reason;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileRule;
import dev.browserpool.ProfileRule.OnStale;
import dev.browserpool.SlotRequest;
import dev.browserpool.SlotState;
import dev.browserpool.contract.ManualTime;
import dev.browserpool.memory.MemoryStore;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Change;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.OutsideOwner;
import dev.browserpool.spi.ProfileEnd;
import dev.browserpool.spi.ProfileEnd.Condition;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Which;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The same random steps for both ledgers: requests, leases, people, members that die, leave and return, and stores that forget. */
final class TwinSteps implements AutoCloseable {
    private static final int MEMBERS = 3;
    private static final int SLOTS = 3;
    private static final int STOP_GRACE = 3_000;
    private static final List<String> PROFILES = List.of("p0", "p1");
    private static final List<Condition> CONDITIONS =
            List.of(Condition.CLEAN, Condition.CLEAN, Condition.CLEAN, Condition.UNCLEAN, Condition.QUARANTINE);

    private final ManualTime time = new ManualTime();
    private final TestPool redis = new TestPool(time);
    private final MemoryStore memory;
    private final Side one = new Side(this::millis);
    private final Side other = new Side(this::millis);
    private final List<String> history = new ArrayList<>();
    private long tickets;

    TwinSteps() {
        PoolConfig config = PoolConfig.ofSlots(SLOTS).toBuilder()
                .maxQueued(8)
                .maxQueuedPerProfile(4)
                .stopGrace(Duration.ofMillis(STOP_GRACE))
                .historySize(12)
                .historyRetention(Duration.ofSeconds(90))
                .build();
        memory = MemoryStore.create(config, time, dev.browserpool.contract.Cluster.MEMBER_TTL);
        for (int i = 0; i < MEMBERS; i++) {
            one.add(memory.member());
            other.add(redis.newMember(config));
            join(i);
        }
    }

    private long millis() {
        return time.nanos() / 1_000_000;
    }

    List<String> history() {
        return history;
    }

    void step(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int member = random.nextInt(MEMBERS);
        int dice = random.nextInt(100);
        if (dice < 30) {
            submit(random, member);
        } else if (dice < 46) {
            release(random, member);
        } else if (dice < 56) {
            change(random, member);
        } else if (dice < 61) {
            withdraw(random, member);
        } else if (dice < 64) {
            stop(random, member);
        } else if (dice < 65) {
            stopHeld(random, member);
        } else if (dice < 72) {
            govern(random, member);
        } else if (dice < 76) {
            loadTest(random, member);
        } else if (dice < 85) {
            pass(random.nextInt(1, 2_000));
            beat(member);
        } else if (dice < 91) {
            silence(random);
        } else if (dice < 94) {
            renew(member);
        } else if (dice < 96) {
            leave(member);
        } else {
            restart(random, member);
        }
    }

    /** One call of each. After it both must have said and become the same. */
    private void both(String what, int member, Function<Side, String> call) {
        history.add(history.size() + ": " + what + " by " + member);
        String said = call.apply(one);
        assertThat(call.apply(other)).as(what).isEqualTo(said);
        assertThat(other.read(member, PROFILES)).as(() -> "after " + what).isEqualTo(one.read(member, PROFILES));
    }

    private void call(String what, int member, Function<Backend, Reply<?>> call) {
        both(what, member, side -> side.all(member, call));
    }

    private void join(int member) {
        call("join", member, backend -> backend.ledger().join(backend.identity()));
        tick();
    }

    private void beat(int member) {
        both("beat", member, side -> side.all(member, backend -> side.beat(backend, member)));
        tick();
    }

    /** No two members die at the same moment: in which order they do is nobody's business. */
    private void tick() {
        time.advance(Duration.ofMillis(1));
    }

    private void pass(int millis) {
        history.add(history.size() + ": " + millis + " ms pass");
        time.advance(Duration.ofMillis(millis));
    }

    private void submit(SplittableRandom random, int member) {
        SlotRequest.Builder request = SlotRequest.builder("r" + random.nextInt(20), OperationType.TEST_RUN);
        int kind = random.nextInt(10);
        if (kind == 0) {
            request.under("r" + random.nextInt(20));
        } else if (kind < 7) {
            String profile = PROFILES.get(random.nextInt(PROFILES.size()));
            ProfileClaim claim = random.nextBoolean() ? ProfileClaim.exclusive(profile) : ProfileClaim.shared(profile);
            request.profile(random.nextInt(4) == 0 ? claim.refuseOnConflict() : claim);
            if (random.nextBoolean()) {
                request.taskId("t" + random.nextInt(3));
            }
        }
        SlotRequest built = request.build();
        boolean mayWait = random.nextInt(5) > 0;
        Duration maxDuration = Duration.ofMillis(random.nextInt(1_000, 60_000));
        long number = ++tickets;
        both(
                "submit #" + number + " " + built + built.profile() + (mayWait ? "" : " now or never"),
                member,
                side -> side.submit(member, number, built, mayWait, maxDuration));
    }

    private Optional<Long> anyOf(SplittableRandom random, int member) {
        List<Long> numbers = List.copyOf(one.beliefs(member).keySet());
        return numbers.isEmpty() ? Optional.empty() : Optional.of(numbers.get(random.nextInt(numbers.size())));
    }

    private void release(SplittableRandom random, int member) {
        Condition condition = CONDITIONS.get(random.nextInt(CONDITIONS.size()));
        Outcome outcome =
                new Outcome(SlotState.COMPLETED, "r", new ProfileEnd(condition, "n", ProfileLock.Progress.NONE));
        anyOf(random, member)
                .filter(number -> one.beliefs(member).get(number).token() != 0)
                .ifPresent(number -> both("release " + condition + " #" + number, member, side -> {
                    long token = side.beliefs(member).get(number).token();
                    return side.release(
                            member, number, b -> b.ledger().release(side.ticket(member, number), token, outcome));
                }));
    }

    private void change(SplittableRandom random, int member) {
        Change change = switch (random.nextInt(5)) {
            case 0 -> new Change.Extend(Duration.ofMillis(500L * random.nextInt(1, 10)));
            case 1 -> new Change.Opened();
            case 2 -> new Change.Releasing();
            default ->
                new Change.Park(
                        new OutsideOwner("h", 1 + random.nextInt(2), "chrome"),
                        Duration.ofMillis(random.nextInt(100, 5_000)),
                        random.nextInt(3) > 0);
        };
        anyOf(random, member)
                .filter(number -> one.beliefs(member).get(number).token() != 0)
                .ifPresent(number -> both(change + " #" + number, member, side -> {
                    long token = side.beliefs(member).get(number).token();
                    return side.change(
                            member, number, b -> b.ledger().change(side.ticket(member, number), token, change));
                }));
    }

    private void withdraw(SplittableRandom random, int member) {
        Outcome outcome = new Outcome(SlotState.TIMED_OUT, "w");
        anyOf(random, member)
                .filter(number -> one.beliefs(member).get(number).token() == 0)
                .ifPresent(number -> both(
                        "withdraw #" + number,
                        member,
                        side -> side.release(
                                member, number, b -> b.ledger().withdraw(side.ticket(member, number), outcome))));
    }

    private void stop(SplittableRandom random, int member) {
        String id = "r" + random.nextInt(20);
        Which which = switch (random.nextInt(3)) {
            case 0 -> new Which.InLine(id);
            case 1 -> new Which.Running(id);
            default -> new Which.OlderThan(Duration.ofSeconds(random.nextInt(5, 30)));
        };
        call(which.toString(), member, backend -> backend.ledger().stop(which, Reason.REVOKED, "s"));
    }

    private void stopHeld(SplittableRandom random, int member) {
        anyOf(random, member)
                .filter(number -> one.beliefs(member).get(number).token() != 0)
                .ifPresent(number -> both("stop #" + number, member, side -> {
                    Which which = new Which.Held(
                            side.ticket(member, number),
                            side.beliefs(member).get(number).token());
                    return side.all(member, backend -> backend.ledger().stop(which, Reason.LOST, "s"));
                }));
    }

    private void govern(SplittableRandom random, int member) {
        String profile = PROFILES.get(random.nextInt(PROFILES.size()));
        String who = "w" + random.nextInt(2);
        Duration howLong = Duration.ofMillis(random.nextInt(100, 10_000));
        OnStale[] answers = OnStale.values();
        Act act = switch (random.nextInt(10)) {
            case 0 -> new Act.Resize(random.nextInt(1, 5));
            case 1 -> new Act.Pause("p");
            case 2, 3 -> new Act.Resume();
            case 4 -> new Act.Quarantine(profile, who, "q");
            case 5 -> new Act.Clear(profile, who, "c");
            case 6 -> new Act.CheckOut(profile, who, "o", howLong);
            case 7 -> new Act.CheckIn(profile, who, "i");
            case 8 -> new Act.Forget(howLong);
            default ->
                new Act.SetRule(ProfileRule.defaultFor(profile)
                        .withMaxActive(random.nextInt(1, 4))
                        .withOnStale(answers[random.nextInt(answers.length)])
                        .withRetryWindow(Duration.ofMillis(random.nextInt(1_000, 20_000))));
        };
        call(act.toString(), member, backend -> backend.ledger().govern(act));
    }

    private void loadTest(SplittableRandom random, int member) {
        String run = "run" + random.nextInt(2);
        Duration limit = Duration.ofMillis(random.nextInt(100, 20_000));
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                long number = ++tickets;
                both("test #" + number + " " + limit, member, side -> side.beginTest(member, number, run, limit));
            }
            case 2 -> {
                Act act = new Act.BeginLoadTest(Optional.empty(), run, "w", limit);
                call(act.toString(), member, backend -> backend.ledger().govern(act));
            }
            case 3 -> both("end of test", member, side -> side.endTest(member));
            case 4 -> {
                Act act = new Act.EndLoadTest(Optional.empty(), Optional.of(run), "w", "e");
                call(act.toString(), member, backend -> backend.ledger().govern(act));
            }
            default -> {
                Act act = new Act.EndLoadTest(Optional.empty(), Optional.empty(), "w", "forced");
                call(act.toString(), member, backend -> backend.ledger().govern(act));
            }
        }
    }

    /** So long that whoever gives no sign of life dies. */
    private void silence(SplittableRandom random) {
        int silent = random.nextInt(MEMBERS);
        for (int i = random.nextInt(2, 6); i > 0; i--) {
            pass(14_000);
            for (int member = 0; member < MEMBERS; member++) {
                if (member != silent) {
                    beat(member);
                }
            }
        }
    }

    private void renew(int member) {
        history.add(history.size() + ": renewed " + member);
        one.renew(member);
        other.renew(member);
        join(member);
    }

    private void leave(int member) {
        call("leave", member, backend -> backend.ledger().leave());
        renew(member);
    }

    /** Some come back, with what they believe; those who do not are other ones later. */
    private void restart(SplittableRandom random, int first) {
        boolean withData = random.nextInt(3) > 0;
        if (!withData) { // whoever makes the pool anew brings the limit that it saw last
            if (!one.isKnown(first)) {
                renew(first);
            }
            call("resize", first, backend -> backend.ledger().govern(new Act.Resize(SLOTS)));
            beat(first);
        }
        pass(100);
        history.add(history.size() + ": restart " + (withData ? "with" : "without") + " data");
        memory.restart(withData);
        redis.restart(withData);
        for (int i = 0; i < MEMBERS; i++) {
            int member = (first + i) % MEMBERS;
            if (i == 0 || random.nextInt(4) > 0) {
                both(
                        "come back",
                        member,
                        side -> side.all(
                                member, backend -> backend.ledger().rejoin(backend.identity(), side.claims(member))));
                tick();
            }
            if (random.nextBoolean()) {
                pass(random.nextInt(3_000));
                beat(first);
            }
        }
    }

    @Override
    public void close() {
        one.members.forEach(Backend::close);
        other.members.forEach(Backend::close);
        redis.close();
    }
}
