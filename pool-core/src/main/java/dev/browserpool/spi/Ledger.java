package dev.browserpool.spi;

import dev.browserpool.LeaseLoss;
import java.util.List;

/**
 * The part that decides who holds what, seen by one member. Calls may block for a moment, never wait for a slot, and never
 * call back. Every changing call is one atomic step, may be repeated, and may throw
 * {@link dev.browserpool.StoreUnavailableException}, which means: perhaps it happened, perhaps not; repeat it.
 * A {@link dev.browserpool.StoreUnusableException} means: repeating does not help.
 */
public interface Ledger {
    /**
     * The same ledger for one call that follows at once, on the same thread. To read a clock takes as long as a dozen lines of a step: a
     * ledger in this JVM that counts by the same one need not read it again. Any other has its own time, and ignores this.
     *
     * @param clock which was read
     * @param nanos what its {@link PoolTime#nanos()} said; calls of other threads may have come with later times meanwhile
     * @return never null; this ledger where it makes no difference
     */
    default Ledger asOf(PoolTime clock, long nanos) {
        return this;
    }

    /** Makes a new member known. Everything else needs that. */
    Reply<Joined> join(Identity identity);

    /**
     * Makes this member known again to a store that has lost its data or went back in time since it joined, with what it holds and
     * for what it waits. Accepted even above the limit; of two owners of one profile the larger token wins. While members come
     * back nothing is granted; what nobody claims in that time is lost.
     */
    Reply<Joined> rejoin(Identity identity, Claims claims);

    /** Enqueues a request, then serves the line: a newcomer never overtakes. */
    Reply<Admission> submit(Ask ask);

    /** Takes a waiting request of this member out of the line, unless it has its slot already. */
    Reply<Withdrawal> withdraw(Ticket ticket, Outcome outcome);

    /** Gives slot and profile back in one step, and serves the line. */
    Reply<Release> release(Ticket ticket, long token, Outcome outcome);

    /** Notes a change of a lease, or of its request's place. */
    Reply<Changed> change(Ticket ticket, long token, Change change);

    /** Ends waiters, or tells holders to stop. The result lists the ids of those it concerned. */
    Reply<List<String>> stop(Which which, LeaseLoss.Reason why, String message);

    /** A sign of life, which also does what is due. The numbers are what this member believes to hold. */
    Reply<Beat> beat(int leases, int waiters);

    /** Ends everything of this member: nothing of it stays behind. */
    Reply<Boolean> leave();

    /** A decision for the whole pool, or for a profile. */
    Reply<Governed> govern(Act act);

    /** Answers a question. */
    <T> T read(Query<T> query);
}
