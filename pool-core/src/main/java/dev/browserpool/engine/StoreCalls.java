package dev.browserpool.engine;

import dev.browserpool.StoreUnavailableException;
import dev.browserpool.spi.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of the ledger, on the threads that the backend wants. A call whose effect is unknown is repeated. */
final class StoreCalls {
    private static final Logger log = LoggerFactory.getLogger(StoreCalls.class);
    private static final long FIRST_PAUSE = 20_000_000L;
    private static final long LONGEST_PAUSE = 1_000_000_000L;

    private final Executor executor;
    private final EngineTime time;
    private final Deadlines deadlines;
    private final Consumer<Reply<?>> inbox;

    /** The inbox gets every reply, after its own result was dealt with: signals, and when the ledger is due. */
    StoreCalls(Executor executor, EngineTime time, Deadlines deadlines, Consumer<Reply<?>> inbox) {
        this.executor = executor;
        this.time = time;
        this.deadlines = deadlines;
        this.inbox = inbox;
    }

    /**
     * Sends a changing call, and again until it is answered or the time is over.
     *
     * @param giveUpAt in engine nanoseconds
     */
    <T> void send(
            Supplier<Reply<T>> call, long giveUpAt, Consumer<T> then, Consumer<StoreUnavailableException> gaveUp) {
        executor.execute(() -> attempt(call, giveUpAt, then, gaveUp, FIRST_PAUSE));
    }

    private <T> void attempt(
            Supplier<Reply<T>> call,
            long giveUpAt,
            Consumer<T> then,
            Consumer<StoreUnavailableException> gaveUp,
            long pause) {
        Reply<T> reply;
        try {
            reply = call.get();
        } catch (StoreUnavailableException e) {
            long again = time.now() + pause;
            if (again >= giveUpAt) {
                gaveUp.accept(e);
            } else {
                long longer = Math.min(2 * pause, LONGEST_PAUSE);
                deadlines.schedule(again, () -> executor.execute(() -> attempt(call, giveUpAt, then, gaveUp, longer)));
            }
            return;
        } catch (RuntimeException e) {
            gaveUp.accept(new StoreUnavailableException("the ledger failed: " + e, e));
            return;
        }
        then.accept(reply.result());
        inbox.accept(reply);
    }

    /** Asks without waiting; if the store is away there is no answer. */
    <T> void look(Supplier<T> question, Consumer<T> then) {
        executor.execute(() -> {
            try {
                then.accept(question.get());
            } catch (StoreUnavailableException e) {
                log.debug("no answer from the store", e);
            }
        });
    }

    /** Asks and waits for the answer, not interruptibly: an interrupt must never break a connection. */
    <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreUnavailableException away) {
                throw new StoreUnavailableException(String.valueOf(away.getMessage()), away);
            }
            throw e;
        }
    }

    /** A changing call whose caller waits for the result. Not repeated: the caller is told that its effect is unknown. */
    <T> T order(Supplier<Reply<T>> call) {
        Reply<T> reply = ask(call);
        inbox.accept(reply);
        return reply.result();
    }
}
