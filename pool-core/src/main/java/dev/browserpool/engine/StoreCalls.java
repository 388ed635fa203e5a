package dev.browserpool.engine;

import dev.browserpool.BrowserPoolException;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.spi.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of the ledger, on the threads that the backend wants. A call whose effect is unknown is repeated. */
final class StoreCalls {
    private static final Logger log = LoggerFactory.getLogger(StoreCalls.class);
    private static final int FIRST_PAUSE = 20_000_000;
    private static final int LONGEST_PAUSE = 1_000_000_000;

    private final Executor executor;
    private final Executor ofWaiters;
    private final EngineTime time;
    private final Deadlines deadlines;
    private final Inbox inbox;
    private final CallTimes times;

    /** Gets every reply, after its own result was dealt with: signals, and when the ledger is due. */
    interface Inbox {
        void heard(long sentAt, Reply<?> reply);
    }

    /** Gets the result of a call, and when that was sent: what it says of the future counts from then. */
    interface Then<T> {
        void accept(T result, long sentAt);
    }

    StoreCalls(
            Executor executor, Executor ofWaiters, EngineTime time, Deadlines deadlines, Inbox inbox, CallTimes times) {
        this.executor = executor;
        this.ofWaiters = ofWaiters;
        this.time = time;
        this.deadlines = deadlines;
        this.inbox = inbox;
        this.times = times;
    }

    /**
     * Sends a changing call, and again until it is answered or the time is over.
     *
     * @param now in engine nanoseconds
     * @param patience for how long after that
     */
    <T> void send(
            Supplier<Reply<T>> call, long now, Duration patience, Then<T> then, Consumer<BrowserPoolException> gaveUp) {
        send(new Call<T>(this, now, patience) {
            @Override
            Reply<T> call(long sentAt) {
                return call.get();
            }

            @Override
            void answered(T result, long sentAt) {
                then.accept(result, sentAt);
            }

            @Override
            void gaveUp(BrowserPoolException why) {
                gaveUp.accept(why);
            }
        });
    }

    /** The same for a call that is an object of its own, as those are that every lease makes. */
    void send(Call<?> call) {
        send(call, executor);
    }

    /** The same for a caller that waits for its end: its own thread may take the first attempt. */
    void sendAndWait(Call<?> call) {
        send(call, ofWaiters);
    }

    private static void send(Call<?> call, Executor executor) {
        try {
            executor.execute(call);
        } catch (RejectedExecutionException e) {
            call.gaveUp(closed(e));
        } catch (Error e) {
            // No thread, say; nobody else would ever come back to it.
            call.repeatLater(new StoreUnavailableException("a call of the store could not be made: " + e, e));
        }
    }

    private static StoreUnavailableException closed(RejectedExecutionException e) {
        return new StoreUnavailableException("the backend takes no more calls: it was closed", e);
    }

    /** One call, from its first attempt to its answer: its attempts come one after the other. */
    abstract static class Call<T> implements Runnable {
        private final StoreCalls calls;
        private final long giveUpAt;
        private long sentAt;
        private int pause = FIRST_PAUSE;

        Call(StoreCalls calls, long now, Duration patience) {
            this.calls = calls;
            this.sentAt = now;
            this.giveUpAt = EngineTime.plus(now, patience);
        }

        /** Calls the ledger, as of now. */
        abstract Reply<T> call(long sentAt);

        /** It answered. What it says of the future counts from when it was asked. */
        abstract void answered(T result, long sentAt);

        /** It gave no answer until the time was over, or one that a repetition would not change: the effect is unknown. */
        abstract void gaveUp(BrowserPoolException why);

        @Override
        public final void run() {
            Reply<T> reply;
            long since = calls.times.begin();
            try {
                reply = call(sentAt);
                calls.times.answered(since);
            } catch (StoreUnavailableException e) {
                calls.times.failed();
                repeatLater(e);
                return;
            } catch (BrowserPoolException e) {
                gaveUp(e);
                return;
            } catch (RuntimeException e) {
                gaveUp(new StoreUnavailableException("the ledger failed: " + e, e));
                return;
            } catch (Error e) {
                calls.times.failed();
                repeatLater(new StoreUnavailableException("the ledger failed: " + e, e));
                return;
            }
            try {
                answered(reply.result(), sentAt);
            } finally {
                calls.inbox.heard(sentAt, reply);
            }
        }

        private void repeatLater(StoreUnavailableException why) {
            long again = calls.time.now() + pause;
            if (again >= giveUpAt) {
                gaveUp(why);
                return;
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE);
            calls.deadlines.schedule(again, () -> {
                sentAt = calls.time.now();
                calls.send(this);
            });
        }
    }

    /** Asks without waiting; if the store is away there is no answer. */
    <T> void look(Supplier<T> question, Consumer<T> then) {
        executor.execute(() -> {
            try {
                then.accept(question.get());
            } catch (BrowserPoolException e) {
                log.debug("no answer from the store", e);
            }
        });
    }

    /** Asks and waits for the answer, not interruptibly: an interrupt must never break a connection. */
    <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable asking = () -> {
            long since = times.begin();
            try {
                T said = question.get();
                times.answered(since);
                answer.complete(said);
            } catch (RuntimeException | Error e) {
                times.failed();
                answer.completeExceptionally(e);
            }
        };
        try {
            executor.execute(asking);
        } catch (RejectedExecutionException e) {
            throw closed(e);
        }
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreUnavailableException away) {
                throw new StoreUnavailableException(String.valueOf(away.getMessage()), away);
            }
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            if (e.getCause() instanceof Error grave) {
                throw grave;
            }
            throw e;
        }
    }

    /** A changing call whose caller waits for the result. Not repeated: the caller is told that its effect is unknown. */
    <T> T order(Supplier<Reply<T>> call) {
        long since = time.now();
        Reply<T> reply = ask(call);
        inbox.heard(since, reply);
        return reply.result();
    }
}
