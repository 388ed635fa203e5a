package dev.browserpool.benchmarks.scale;

import dev.browserpool.benchmarks.scale.Calls.Answer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;

/**
 * More members than one machine can hold: they are rows of numbers here, but what they call is the pool's own library on a real server,
 * whose clock this program moves. They give signs of life when the engine's members would: three times in their time to live, once in a poll
 * interval while they wait, and when the ledger has said that something is due.
 */
final class Simulation {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration MEMBER_TTL = Duration.ofSeconds(45);
    /** Leases that are held to their limit come to an end from then on. */
    private static final Duration LONGEST_SETTLING = Duration.ofMinutes(2);

    private static final long PATIENCE_SECONDS = 10;

    private final Plan plan;
    private final VirtualStore store;
    private final Calls calls;
    private final Grants grants;
    private final Agenda agenda = new Agenda();
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<SimulatedMember> members;
    private final Map<Why, Integer> beats = new EnumMap<>(Why.class);
    private int handOvers;
    private long tickets;

    /**
     * What is simulated.
     *
     * @param members how many
     * @param waiters how many are in line in all, over the first members, one each if there are enough of them
     * @param slots how many slots
     * @param hold how long a slot is held on average
     * @param maxDuration how long it may be held
     * @param howLong how many virtual seconds are counted, after two intervals of the members and, if slots are held to their limit, that
     */
    record Plan(int members, int waiters, int slots, Duration hold, Duration maxDuration, Duration howLong) {}

    /** Why a member gives a sign of life. */
    enum Why {
        ITS_INTERVAL("signs of life at their interval"),
        IT_WAITS("while they wait"),
        THE_LEDGER("because something is due");

        final String title;

        Why(String title) {
            this.title = title;
        }
    }

    /** What one virtual second was on average. */
    record Second(Plan plan, double grants, Map<Why, Double> beats, ServerReading all, double seconds) {
        double steps() {
            return all.steps() / seconds;
        }

        /** Of one processor. */
        double share() {
            return all.cpuMicros() / seconds / 1e6;
        }

        double commandsPerStep() {
            return (double) all.commands() / all.steps();
        }
    }

    private Simulation(Plan plan, VirtualStore store, Grants grants) {
        this.plan = plan;
        this.store = store;
        this.calls = new Calls(store);
        this.grants = grants;
        this.members = IntStream.range(0, plan.members())
                .mapToObj(i -> new SimulatedMember("member-" + i, POLL, MEMBER_TTL.dividedBy(3)))
                .toList();
    }

    static Second of(Plan plan, Jedis redis, String url) throws InterruptedException {
        VirtualStore store = VirtualStore.open(redis, url);
        try (Grants grants = new Grants(url, store.channels())) {
            return new Simulation(plan, store, grants).run();
        } finally {
            store.delete();
        }
    }

    private Second run() throws InterruptedException {
        long interval = MEMBER_TTL.dividedBy(3).toMillis();
        for (int i = 0; i < members.size(); i++) {
            SimulatedMember member = members.get(i);
            agenda.at(interval * i / members.size(), () -> join(member));
        }
        agenda.runUntil(interval, store);
        for (int i = 0; i < plan.waiters() + plan.slots(); i++) {
            SimulatedMember member = members.get(i % members.size());
            agenda.at(interval + i % interval, () -> stand(member));
        }
        boolean isHeldToItsLimit = plan.maxDuration().compareTo(LONGEST_SETTLING) <= 0;
        long from = 2 * interval + (isHeldToItsLimit ? plan.maxDuration().toMillis() : 0);
        agenda.runUntil(from, store);
        beats.clear();
        handOvers = 0;
        ServerReading before = store.reading();
        agenda.runUntil(from + plan.howLong().toMillis(), store);
        ServerReading all = store.reading().since(before);
        double seconds = plan.howLong().toMillis() / 1000.0;
        Map<Why, Double> beatsPerSecond = new EnumMap<>(Why.class);
        for (Why why : Why.values()) {
            beatsPerSecond.put(why, beats.getOrDefault(why, 0) / seconds);
        }
        return new Second(plan, handOvers / seconds, beatsPerSecond, all, seconds);
    }

    private void join(SimulatedMember member) throws InterruptedException {
        Answer answer = calls.join(member.name, new Calls.Settings(plan.slots(), 2 * plan.waiters() + 1, MEMBER_TTL));
        member.lastBeat = agenda.now();
        heard(member, answer);
        comeAgain(member);
    }

    /** The member looks again when it has to; whatever changes that moment makes what was planned before stale. */
    private void comeAgain(SimulatedMember member) {
        long at = Math.max(agenda.now(), member.next());
        if (at != member.planned) {
            member.planned = at;
            agenda.at(at, () -> {
                if (member.planned == agenda.now()) {
                    beat(member);
                }
            });
        }
    }

    private void beat(SimulatedMember member) throws InterruptedException {
        beats.merge(member.why(agenda.now()), 1, Integer::sum);
        member.lastBeat = agenda.now();
        member.ledgerDue = Long.MAX_VALUE;
        member.planned = -1;
        heard(member, calls.beat(member.name, member.leases, member.waiters));
        comeAgain(member);
    }

    private void stand(SimulatedMember member) throws InterruptedException {
        String ticket = member.name + "/" + tickets++;
        member.waiters++;
        Answer answer = calls.submit(member.name, ticket, plan.maxDuration());
        if (answer.result().get("k").getAsString().equals("G")) {
            granted(Grants.Told.of(ticket, answer.result().getAsJsonObject("g")));
        }
        heard(member, answer);
        comeAgain(member);
    }

    private void heard(SimulatedMember member, Answer answer) throws InterruptedException {
        member.hears(agenda.now(), answer);
        answer.signals().forEach(signal -> told(Grants.Told.of(signal)));
        for (long i = 0; i < answer.sent(); i++) {
            Grants.Told told = grants.heard().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (told == null) {
                throw new IllegalStateException("a message was not heard");
            }
            told(told);
        }
    }

    private void told(Grants.Told told) {
        if (told.kind().equals("G")) {
            handOvers++;
            granted(told);
        } else if (told.kind().equals("S")) {
            agenda.at(agenda.now(), () -> giveBack(told));
        }
    }

    private SimulatedMember memberOf(String ticket) {
        return members.get(Integer.parseInt(Grants.memberOf(ticket).substring("member-".length())));
    }

    private void granted(Grants.Told grant) {
        SimulatedMember member = memberOf(grant.ticket());
        member.waiters--;
        member.leases++;
        member.running.put(grant.ticket(), grant.token());
        long mean = plan.hold().toMillis();
        agenda.at(agenda.now() + Math.round(-mean * Math.log(1 - random.nextDouble())), () -> giveBack(grant));
    }

    /** After its time, or when it is told to stop. */
    private void giveBack(Grants.Told lease) throws InterruptedException {
        SimulatedMember member = memberOf(lease.ticket());
        String token = member.running.remove(lease.ticket());
        if (token == null) {
            return; // it has been told to stop before
        }
        Answer answer = calls.release(member.name, lease.ticket(), token.isEmpty() ? lease.token() : token);
        member.leases--;
        heard(member, answer);
        stand(member);
    }
}
