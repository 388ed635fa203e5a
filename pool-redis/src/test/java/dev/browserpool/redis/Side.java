package dev.browserpool.redis;

import dev.browserpool.ProfileLock;
import dev.browserpool.SlotRequest;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Admission;
import dev.browserpool.spi.Ask;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Beat;
import dev.browserpool.spi.Changed;
import dev.browserpool.spi.Claims;
import dev.browserpool.spi.Governed;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Holdings;
import dev.browserpool.spi.LoadTestFacts;
import dev.browserpool.spi.Query;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Signal;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** One of two ledgers: its members, what they believe, and all that it says, printed. */
final class Side {
    final Printed printed = new Printed();
    final List<Backend> members = new ArrayList<>();
    private final List<Map<Long, Belief>> beliefs = new ArrayList<>();
    private final Map<Integer, Test> tests = new TreeMap<>();
    private final List<List<Signal>> pushed = new ArrayList<>();
    private final LongSupplier millis;

    /** What a member believes of a request of its own: it waits, or it holds a token. */
    record Belief(Ask ask, long arrival, long askedAt, long token, long grantedAt, long endsAt, long parkedToken) {
        Belief granted(Grant grant, long now) {
            return new Belief(
                    ask,
                    grant.arrival(),
                    askedAt,
                    grant.token(),
                    now,
                    now + grant.endsIn().toMillis(),
                    parkedToken);
        }

        Belief parked() {
            return new Belief(ask, arrival, askedAt, 0, 0, 0, token);
        }
    }

    /** A load test for which a member believes to hold the pool. */
    private record Test(LoadTestFacts asOf, long at) {
        LoadTestFacts facts(long now) {
            Duration since = Duration.ofMillis(now - at);
            return new LoadTestFacts(
                    asOf.holder(),
                    asOf.runId(),
                    asOf.who(),
                    asOf.since().plus(since),
                    asOf.endsIn().minus(since));
        }
    }

    Side(LongSupplier millis) {
        this.millis = millis;
    }

    void add(Backend member) {
        List<Signal> heard = new CopyOnWriteArrayList<>();
        members.add(member);
        beliefs.add(new TreeMap<>());
        pushed.add(heard);
        member.signals().listen(heard::add, () -> {});
        printed.member(member.identity().member());
    }

    /** Becomes another one: it forgets what it had. */
    void renew(int member) {
        Backend backend = members.get(member);
        printed.member(backend.renew().member());
        List<Signal> heard = pushed.get(member);
        backend.signals().listen(heard::add, () -> {});
        beliefs.get(member).clear();
        tests.remove(member);
    }

    Ticket ticket(int member, long number) {
        return new Ticket(members.get(member).identity().member(), number);
    }

    Map<Long, Belief> beliefs(int member) {
        return beliefs.get(member);
    }

    String submit(int member, long number, SlotRequest request, boolean mayWait, Duration maxDuration) {
        boolean waitsForLoadTest = number % 3 > 0;
        Ask ask = new Ask(ticket(member, number), request, mayWait, maxDuration, waitsForLoadTest);
        beliefs.get(member).put(number, new Belief(ask, 0, millis.getAsLong(), 0, 0, 0, 0));
        return all(member, backend -> backend.ledger().submit(ask), admission -> {
            Belief belief = beliefs.get(member).get(number);
            if (admission instanceof Admission.Granted granted) {
                beliefs.get(member).put(number, belief.granted(granted.grant(), millis.getAsLong()));
            } else if (admission instanceof Admission.Queued queued) {
                beliefs.get(member).put(number, new Belief(ask, queued.arrival(), belief.askedAt, 0, 0, 0, 0));
            } else {
                beliefs.get(member).remove(number);
            }
        });
    }

    String beginTest(int member, long number, String run, Duration limit) {
        Optional<Ticket> holder = Optional.of(ticket(member, number));
        Act act = new Act.BeginLoadTest(holder, run, "w", limit);
        return all(member, backend -> backend.ledger().govern(act), answer -> {
            if (answer instanceof Governed.LoadTesting testing && testing.isMeant()) {
                tests.put(member, new Test(testing.test(), millis.getAsLong()));
            }
        });
    }

    /** Ends its own, if it has one. */
    String endTest(int member) {
        Test test = tests.get(member);
        Optional<Ticket> holder = test == null ? Optional.of(ticket(member, 0)) : test.asOf.holder();
        Act act = new Act.EndLoadTest(holder, Optional.empty(), "w", "e");
        return all(member, backend -> backend.ledger().govern(act), answer -> tests.remove(member));
    }

    String release(int member, long number, Function<Backend, Reply<?>> call) {
        return all(member, call, answer -> beliefs.get(member).remove(number));
    }

    String change(int member, long number, Function<Backend, Reply<?>> call) {
        return all(member, call, answer -> {
            Belief belief = beliefs.get(member).get(number);
            if (answer instanceof Changed.Parked && belief != null && belief.token != 0) {
                beliefs.get(member).put(number, belief.parked());
            } else if (answer instanceof Changed.Ended) {
                beliefs.get(member).remove(number);
            }
        });
    }

    /** A call, and then signs of life until nothing is left to do; with all that was said on the way. */
    String all(int member, Function<Backend, Reply<?>> call) {
        return all(member, call, answer -> {});
    }

    private String all(int member, Function<Backend, Reply<?>> call, java.util.function.Consumer<Object> learn) {
        Backend backend = members.get(member);
        Reply<?> reply;
        try {
            reply = call.apply(backend);
        } catch (StoreUnavailableException notYet) {
            return "has to come back first\n  told " + told(member, List.of());
        }
        String said = printed.of(reply.result());
        learn.accept(reply.result());
        List<Signal> own = new ArrayList<>(reply.signals());
        for (boolean more = reply.more(); more; ) {
            Reply<Beat> beat = beat(backend, member);
            own.addAll(beat.signals());
            more = beat.more();
        }
        return said + "\n  told " + told(member, own);
    }

    Reply<Beat> beat(Backend backend, int member) {
        int leases = (int)
                beliefs.get(member).values().stream().filter(b -> b.token != 0).count();
        return backend.ledger().beat(leases, beliefs.get(member).size() - leases);
    }

    private List<String> told(int caller, List<Signal> own) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            List<Signal> signals = new ArrayList<>(pushed.get(i));
            pushed.get(i).clear();
            if (i == caller) {
                signals.addAll(own);
            }
            if (signals.isEmpty() || !isKnown(i)) {
                continue; // what is said to one that was given up means nothing
            }
            for (Signal signal : signals) {
                learn(i, signal);
                told.add(i + " " + printed.of(signal));
            }
        }
        told.sort(Comparator.naturalOrder());
        return told;
    }

    boolean isKnown(int member) {
        return members.get(member).ledger().read(new Query.Mine()).known();
    }

    private void learn(int member, Signal signal) {
        Map<Long, Belief> mine = beliefs.get(member);
        long number = signal.ticket().number();
        Test test = tests.get(member);
        if (test != null && test.asOf.holder().equals(Optional.of(signal.ticket()))) {
            tests.remove(member);
        }
        Belief belief = mine.get(number);
        if (belief == null || !belief.ask.ticket().equals(signal.ticket())) {
            return;
        }
        if (signal instanceof Signal.Granted granted && granted.grant().token() > belief.parkedToken) {
            mine.put(number, belief.granted(granted.grant(), millis.getAsLong()));
        } else if (signal instanceof Signal.Ended) {
            mine.remove(number);
        }
    }

    /** All that a member believes, for a store that has forgotten it. */
    Claims claims(int member) {
        long now = millis.getAsLong();
        List<Claims.Lease> leases = new ArrayList<>();
        List<Claims.Place> line = new ArrayList<>();
        beliefs.get(member).values().stream()
                .sorted(Comparator.comparingLong(Belief::token))
                .forEach(belief -> {
                    Claims.Claimant claimant = new Claims.Claimant(
                            belief.ask.ticket(),
                            belief.ask.request(),
                            belief.ask.maxDuration(),
                            belief.arrival,
                            Duration.ofMillis(now - belief.askedAt));
                    if (belief.token == 0) {
                        line.add(new Claims.Place(claimant, belief.parkedToken));
                    } else {
                        leases.add(new Claims.Lease(
                                claimant,
                                belief.token,
                                Duration.ofMillis(now - belief.grantedAt),
                                Duration.ofMillis(belief.endsAt - now),
                                Duration.ZERO,
                                belief.ask.ticket().number() % 2 == 0,
                                ProfileLock.Progress.NONE,
                                belief.ask.ticket().number() % 5 > 0,
                                Optional.empty()));
                    }
                });
        line.sort(Comparator.comparingLong(place -> place.claimant().arrival()));
        return new Claims(
                leases, line, true, 0, Optional.ofNullable(tests.get(member)).map(test -> test.facts(now)));
    }

    /** What can be read, from one member's side. */
    String read(int member, List<String> profiles) {
        Backend backend = members.get(member);
        List<String> read = new ArrayList<>();
        read.add(printed.of(backend.ledger().read(new Query.Status())));
        read.add(printed.of(backend.ledger().read(new Query.Line(1, 5))));
        read.add(printed.of(backend.ledger().read(new Query.Recent(6))));
        read.add(printed.of(backend.ledger().read(new Query.Profiles())));
        read.add(printed.of(backend.ledger().read(new Query.LoadTests(3))));
        for (String profile : profiles) {
            read.add(printed.of(backend.ledger().read(new Query.Profile(profile))));
            read.add(printed.of(backend.ledger().read(new Query.ProfileHistory(profile, 6))));
        }
        for (int i = 0; i < members.size(); i++) {
            Holdings mine = members.get(i).ledger().read(new Query.Mine());
            read.add(i + " " + printed.of(mine));
        }
        return String.join("\n  ", read);
    }
}
