package dev.browserpool.engine;

import dev.browserpool.StoreUnavailableException;
import dev.browserpool.engine.LoadTests.Begun;
import dev.browserpool.spi.Ticket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One caller who asks for the pool, once or again and again, under one ticket: an attempt that was not answered may have been had, and
 * the next one finds out. If none is, that ticket is given back at the end, once, however long the store was away.
 */
final class AskingForTest implements AutoCloseable {
    private final Core core;
    private final LoadTests tests;
    private final String runId;
    private final String who;
    private final Duration limit;
    private Ticket ticket;
    private CompletableFuture<String> over = new CompletableFuture<>();
    private boolean mayHaveIt;
    private boolean hasIt;

    AskingForTest(Core core, LoadTests tests, String runId, String who, Duration limit) {
        this.core = core;
        this.tests = tests;
        this.runId = runId;
        this.who = who;
        this.limit = limit;
        this.ticket = core.nextTicket();
        tests.isAskedFor(ticket, over);
    }

    /** Asks once. */
    Begun attempt() {
        tests.requireOpen(runId);
        if (over.isDone() || !core.isMine(ticket)) {
            askAnew();
        }
        try {
            Begun begun = tests.ask(ticket, runId, who, limit);
            hasIt = begun.lease().isPresent();
            return begun;
        } catch (StoreUnavailableException perhaps) {
            mayHaveIt = true;
            throw perhaps;
        }
    }

    /** What was had under the ticket has ended: with its member, or by others. */
    private void askAnew() {
        tests.isAskedForNoMore(ticket);
        ticket = core.nextTicket();
        over = new CompletableFuture<>();
        mayHaveIt = false;
        tests.isAskedFor(ticket, over);
    }

    /** Nobody asks any more. What ended before it came to be held is told to its holder now. */
    @Override
    public void close() {
        tests.isAskedForNoMore(ticket);
        if (over.isDone()) {
            tests.ended(ticket, over.join());
        } else if (mayHaveIt && !hasIt) {
            CompletableFuture<Void> unused = tests.giveBack(ticket, who, "its holder heard no answer");
        }
    }
}
