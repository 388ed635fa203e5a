package dev.browserpool.contract;

import dev.browserpool.StoreUnavailableException;
import dev.browserpool.StoreUnusableException;
import dev.browserpool.spi.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The wire between one member and its store, in a test's hands: it can be cut, shaken so that calls fail before or after they
 * took effect, and garbled so that signals get lost, repeated or late. All by a seed, so that a failure can be repeated.
 */
public final class Wire {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> late = new ArrayList<>();
    private Random random = new Random(0);
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<Call> failing = ConcurrentHashMap.newKeySet();
    private final Map<Call, Runnable> before = new ConcurrentHashMap<>();
    private final Map<Call, Runnable> after = new ConcurrentHashMap<>();
    private boolean cut;
    private volatile @Nullable String refusal;
    private double failsBefore;
    private double failsAfter;
    private double dropped;
    private double repeated;
    private double delayed;
    private @Nullable Call answerToLose;
    private @Nullable Call callToDelay;
    private Runnable delayedCall = () -> {};
    private volatile Runnable missed = () -> {};

    /** What members ask of the store. */
    public enum Call {
        JOIN,
        REJOIN,
        SUBMIT,
        WITHDRAW,
        RELEASE,
        CHANGE,
        STOP,
        BEAT,
        LEAVE,
        GOVERN,
        READ,
        /** Not asked of the store: this member is about to get another identity. */
        RENEWAL,
        /** Not asked of the store: a call is about to be given to a thread. */
        THREAD
    }

    /** Nothing goes through any more: calls fail without effect, signals are lost. */
    public void cut() {
        locked(() -> cut = true);
    }

    /** Goes through again, and the member notices that it did not. */
    public void mend() {
        locked(() -> cut = false);
        missed.run();
    }

    void ifMissed(Runnable gap) {
        missed = gap;
    }

    /**
     * Lets calls fail by chance.
     *
     * @param before the probability that a call fails without effect
     * @param after the probability that a call takes effect and its answer is lost
     */
    public void shake(long seed, double before, double after) {
        locked(() -> {
            random = new Random(seed);
            failsBefore = before;
            failsAfter = after;
        });
    }

    /** Lets signals get lost, come twice, or come after the next one, by chance. */
    public void garble(long seed, double drop, double repeat, double delay) {
        locked(() -> {
            random = new Random(seed);
            dropped = drop;
            repeated = repeat;
            delayed = delay;
        });
    }

    /** Loses all signals from now on. */
    public void dropSignals() {
        garble(0, 1, 0, 0);
    }

    /** The next call of a kind takes effect, but the caller gets no answer. */
    public void loseNextAnswerTo(Call kind) {
        locked(() -> answerToLose = kind);
    }

    /** The next call of a kind fails, and yet arrives: when {@link #arrive} says so. */
    public void delayNext(Call kind) {
        locked(() -> callToDelay = kind);
    }

    /** Whether the call to delay has not come yet. */
    boolean awaitsCallToDelay() {
        lock.lock();
        try {
            return callToDelay != null;
        } finally {
            lock.unlock();
        }
    }

    /** Runs something once, right before the next call of a kind takes effect. */
    public void onceBefore(Call kind, Runnable hook) {
        before.put(kind, hook);
    }

    /** Runs something once, when the next call of a kind has taken effect and its caller does not know yet. */
    public void onceAfter(Call kind, Runnable hook) {
        after.put(kind, hook);
    }

    /** From now on calls of a kind fail without effect. */
    public void fail(Call kind) {
        failing.add(kind);
    }

    void renewal() {
        run(before.remove(Call.RENEWAL));
    }

    void thread() {
        run(before.remove(Call.THREAD));
    }

    private static void run(@Nullable Runnable hook) {
        if (hook != null) {
            hook.run();
        }
    }

    /** The call that was delayed takes effect now. */
    public void arrive() {
        delayedCall.run();
    }

    /** From now on everything goes through as it should. Late signals arrive now. */
    public void calm() {
        List<Runnable> waiting = new ArrayList<>();
        failing.clear();
        locked(() -> {
            cut = false;
            refusal = null;
            failsBefore = 0;
            failsAfter = 0;
            dropped = 0;
            repeated = 0;
            delayed = 0;
            answerToLose = null;
            waiting.addAll(late);
            late.clear();
        });
        waiting.forEach(Runnable::run);
    }

    /** The store says of every call that it can't be used as it is, until {@link #calm}. */
    public void refuse(String why) {
        locked(() -> refusal = why);
    }

    /** How many calls were made so far, whatever became of them. */
    public int calls() {
        return calls.get();
    }

    <T> T call(Call kind, Supplier<T> real) {
        calls.incrementAndGet();
        String why = refusal;
        if (why != null) {
            throw new StoreUnusableException(why);
        }
        if (failing.contains(kind) || chance(failsBefore, cut)) {
            throw new StoreUnavailableException("the wire is cut: the call did not arrive");
        }
        if (delays(kind, real)) {
            throw new StoreUnavailableException("the wire is slow: nobody waits for the answer any more");
        }
        run(before.remove(kind));
        T answer = real.get();
        run(after.remove(kind));
        if (chance(failsAfter, losesAnswerTo(kind))) {
            throw new StoreUnavailableException("the wire is cut: the answer did not arrive");
        }
        return answer;
    }

    void gap(Runnable receiver) {
        boolean isCut;
        lock.lock();
        try {
            isCut = cut;
        } finally {
            lock.unlock();
        }
        if (!isCut) {
            receiver.run();
        }
    }

    void deliver(Signal signal, Consumer<Signal> receiver) {
        List<Runnable> now = new ArrayList<>();
        locked(() -> {
            if (cut || random.nextDouble() < dropped) {
                return;
            }
            Runnable delivery = () -> receiver.accept(signal);
            if (random.nextDouble() < delayed) {
                late.add(delivery);
                return;
            }
            now.add(delivery);
            if (random.nextDouble() < repeated) {
                now.add(delivery);
            }
            now.addAll(late);
            late.clear();
        });
        now.forEach(Runnable::run);
    }

    private boolean delays(Call kind, Supplier<?> real) {
        lock.lock();
        try {
            if (callToDelay != kind) {
                return false;
            }
            callToDelay = null;
            delayedCall = () -> {
                Object unused = real.get();
            };
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean losesAnswerTo(Call kind) {
        lock.lock();
        try {
            boolean loses = answerToLose == kind;
            answerToLose = loses ? null : answerToLose;
            return loses;
        } finally {
            lock.unlock();
        }
    }

    private boolean chance(double probability, boolean anyway) {
        lock.lock();
        try {
            return anyway || random.nextDouble() < probability;
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
