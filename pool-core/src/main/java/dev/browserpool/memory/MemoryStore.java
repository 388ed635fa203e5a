package dev.browserpool.memory;

import dev.browserpool.PoolConfig;
import dev.browserpool.spi.Backend;
import dev.browserpool.spi.PoolTime;
import dev.browserpool.spi.Reply;
import dev.browserpool.spi.Signal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Member> members = new HashMap<>();
    private final Map<String, Consumer<Signal>> receivers = new ConcurrentHashMap<>();
    private final Duration memberTtl;
    private final Reaper reaper;
    final Desk desk;

    private MemoryStore(PoolConfig config, PoolTime time, Duration memberTtl) {
        this.memberTtl = memberTtl;
        PoolClock clock = new PoolClock(time, Math.max(1, memberTtl.toNanos() / 3));
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

    Duration memberTtl() {
        return memberTtl;
    }

    void listen(String member, Consumer<Signal> receiver) {
        receivers.put(member, receiver);
    }

    void deaf(String member) {
        receivers.remove(member);
    }

    @Nullable
    Member member(String id) {
        return members.get(id);
    }

    Iterable<Member> members() {
        return members.values();
    }

    void admit(Member member) {
        renew(member);
        members.put(member.identity.member(), member);
        reaper.look();
    }

    void dismiss(Member member) {
        members.remove(member.identity.member());
        reaper.look();
    }

    void renew(Member member) {
        member.lastBeat = desk.clock.now();
        member.deadline = desk.clock.now() + memberTtl.toNanos();
        member.staleAt = memberTtl.equals(FOR_EVER) ? Long.MAX_VALUE : member.deadline + desk.stopGrace;
    }

    /** One atomic step of a member. */
    <T> Reply<T> step(String caller, Supplier<T> transition) {
        Map<Consumer<Signal>, List<Signal>> forOthers = Map.of();
        Reply<T> reply;
        lock.lock();
        try {
            long now = desk.clock.advance();
            boolean more = reaper.reap(now);
            T result = transition.get();
            more |= desk.serve();
            Member me = members.get(caller);
            reply = new Reply<>(result, me == null ? List.of() : me.takeOutbox(), nextDue(now), more);
            if (members.size() > (me == null ? 0 : 1)) {
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
            desk.clock.advance();
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    private Map<Consumer<Signal>, List<Signal>> collect(@Nullable Member me) {
        Map<Consumer<Signal>, List<Signal>> forOthers = new HashMap<>();
        for (Member other : members.values()) {
            List<Signal> told = other == me ? List.of() : other.takeOutbox();
            Consumer<Signal> receiver = receivers.get(other.identity.member());
            if (!told.isEmpty() && receiver != null) {
                forOthers.put(receiver, told);
            }
        }
        return forOthers;
    }

    private Duration nextDue(long now) {
        return Duration.ofNanos(Math.max(
                0, Math.min(reaper.nextDeath(), Math.min(desk.leases.nextDue(), desk.custody.dues.next())) - now));
    }
}
