package dev.browserpool.memory;

import dev.browserpool.PoolConfig;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.PoolTime;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The truth of an in-memory pool, which one or several members of one JVM share. Every transition is one step: under the lock,
 * the clock advances, what is due is done, then the transition's own work, then the line is served; after the lock, other
 * members hear what was decided for them.
 */
public final class MemoryStore {
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE / 2);
    private static final Duration NEVER = Duration.ofNanos(Long.MAX_VALUE);
    private static final long RECOVERY_WINDOW = Duration.ofSeconds(2).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Member> members = new HashMap<>();
    private final Map<String, Receiver> receivers = new ConcurrentHashMap<>();
    private final PoolConfig config;
    private final Duration memberTtl;
    private final PoolTime time;
    private final PoolClock clock;
    private Reaper reaper;
    private long epoch = 1;
    Desk desk;

    private record Receiver(Consumer<Signal> signals, Runnable gap) {}

    private MemoryStore(PoolConfig config, PoolTime time, Duration memberTtl) {
        this.config = config;
        this.time = time;
        this.memberTtl = memberTtl;
        this.clock = new PoolClock(time, Math.max(1, memberTtl.toNanos() / 3));
        this.desk = new Desk(config, clock, time.wall());
        this.reaper = new Reaper(desk, members);
    }

    /** A store whose members live and die with their JVM, so that they need no signs of life. */
    public static MemoryStore create(PoolConfig config, PoolTime time) {
        return new MemoryStore(config, time, FOR_EVER);
    }

    /** A store that gives members up after a while without a sign of life, as one behind a wire does. */
    public static MemoryStore create(PoolConfig config, PoolTime time, Duration memberTtl) {
        return new MemoryStore(config, time, memberTtl);
    }

    /** Access for one more member. */
    public Backend member() {
        return new MemoryBackend(this);
    }

    /**
     * Does what a store behind a wire may do: it is restarted, and its members have to come back. So that what follows can be read,
     * and tested, without one.
     *
     * @param withData whether it still knows what it knew
     */
    public void restart(boolean withData) {
        lock.lock();
        try {
            long now = clock.advance();
            Map<String, Member> before = new HashMap<>();
            if (withData) {
                Recovery unfinished = reaper.recovery();
                if (unfinished != null) {
                    unfinished.absent().forEach(member -> before.put(member.identity.member(), member));
                }
                members.values().stream()
                        .filter(member -> !member.dead)
                        .forEach(member -> before.put(member.identity.member(), member));
                members.keySet().removeAll(before.keySet());
            } else {
                members.clear();
                desk = new Desk(config, clock, desk.born);
                reaper = new Reaper(desk, members);
            }
            epoch++;
            long latest = withData ? PoolClock.later(now, memberTtl.toNanos() + desk.stopGrace) : now;
            reaper.recover(new Recovery(before, now + RECOVERY_WINDOW, Math.max(latest, now + RECOVERY_WINDOW)));
            reaper.look();
        } finally {
            lock.unlock();
        }
        List.copyOf(receivers.values()).forEach(receiver -> receiver.gap.run());
    }

    Duration memberTtl() {
        return memberTtl;
    }

    String epoch() {
        return Long.toString(epoch);
    }

    void listen(String member, Consumer<Signal> receiver, Runnable gap) {
        receivers.put(member, new Receiver(receiver, gap));
    }

    void deaf(String member) {
        receivers.remove(member);
    }

    @Nullable
    Member member(String id) {
        return members.get(id);
    }

    /** One who is here, or is known from before the store was restarted. */
    @Nullable
    Member memberOrAbsent(String id) {
        Member member = members.get(id);
        Recovery recovery = reaper.recovery();
        return member != null || recovery == null ? member : recovery.absent(id);
    }

    /** One who is about to come back must not hear that it holds nothing. */
    void refuseIfExpected(String member) {
        Member known = members.get(member);
        if (reaper.recovery() != null && (known == null || known.isDead(clock.now()))) {
            throw new StoreUnavailableException("the store was restarted, and this member has not come back yet");
        }
    }

    Iterable<Member> members() {
        return members.values();
    }

    void admit(Member member) {
        renew(member);
        member.dead = false;
        members.put(member.identity.member(), member);
        reaper.look();
    }

    /** With whatever the store still knows of it. */
    Member readmit(Identity identity) {
        Member known = members.get(identity.member());
        Recovery recovery = reaper.recovery();
        if (known == null && recovery != null) {
            known = recovery.returns(identity.member());
        }
        Member member = Objects.requireNonNullElseGet(known, () -> new Member(identity));
        admit(member);
        return member;
    }

    /** It has said all that it has. */
    void hasReturned(Member member) {
        Recovery recovery = reaper.recovery();
        if (recovery != null) {
            recovery.hasReturned(member.identity.member());
        }
    }

    void dismiss(Member member) {
        members.remove(member.identity.member());
        hasReturned(member);
        reaper.look();
    }

    void renew(Member member) {
        member.lastBeat = clock.now();
        boolean isMortal = !memberTtl.equals(FOR_EVER);
        member.deadline = isMortal ? PoolClock.later(clock.now(), memberTtl.toNanos()) : Long.MAX_VALUE;
        member.staleAt = isMortal ? member.deadline + desk.stopGrace : Long.MAX_VALUE;
    }

    /** The clock by which it counts. */
    PoolTime time() {
        return time;
    }

    /** One atomic step of a member, which has just read the clock. */
    <T> Reply<T> step(String caller, long read, Supplier<T> transition) {
        Map<Consumer<Signal>, List<Signal>> forOthers = Map.of();
        Reply<T> reply;
        lock.lock();
        try {
            long now = clock.advanceTo(read);
            boolean more = reaper.reap(now);
            T result = transition.get();
            more |= desk.serve();
            Member me = members.get(caller);
            reply = new Reply<>(result, me == null ? List.of() : me.takeOutbox(), nextDue(now), more);
            if (members.size() > (me == null ? 0 : 1) || reaper.recovery() != null) {
                forOthers = collect(me);
            }
        } finally {
            lock.unlock();
        }
        if (!forOthers.isEmpty()) {
            forOthers.forEach((receiver, signals) -> signals.forEach(receiver));
        }
        return reply;
    }

    /** One look at a consistent state. */
    <T> T look(Supplier<T> question) {
        lock.lock();
        try {
            long unused = clock.advance();
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    private Map<Consumer<Signal>, List<Signal>> collect(@Nullable Member me) {
        List<Member> others = new ArrayList<>(members.values());
        Recovery recovery = reaper.recovery();
        if (recovery != null) {
            recovery.absent().forEach(others::add);
        }
        Map<Consumer<Signal>, List<Signal>> forOthers = new HashMap<>();
        for (Member other : others) {
            List<Signal> told = other == me ? List.of() : other.takeOutbox();
            Receiver receiver = receivers.get(other.identity.member());
            if (!told.isEmpty() && receiver != null) {
                forOthers.put(receiver.signals, told);
            }
        }
        return forOthers;
    }

    private Duration nextDue(long now) {
        Recovery recovery = reaper.recovery();
        long recovered = recovery == null ? Long.MAX_VALUE : recovery.end();
        long blocks = Math.min(desk.custody.dues.next(), desk.loadTesting.until());
        long leases = Math.min(reaper.nextDeath(), desk.leases.nextDue());
        long due = Math.min(Math.min(leases, blocks), recovered);
        return due == Long.MAX_VALUE ? NEVER : Duration.ofNanos(Math.max(0, due - now));
    }
}
