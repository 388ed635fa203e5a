package dev.browserpool;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A granted slot in the holder's hands. Closing gives it back; until then nobody else has it.
 *
 * <p><b>Threads.</b> Every method may be called from any thread. Whoever closes first ends the lease; later calls do nothing.
 *
 * <p><b>Verdict.</b> A try-with-resources statement closes before any {@code catch}, so closing alone can't tell a good end
 * from a bad one. Say {@link #complete()} at the end of the work, or {@link #fail(Throwable)}, or use {@link BrowserPool#call},
 * which knows.
 *
 * <p><b>Forgotten leases.</b> A lease that becomes unreachable unclosed is found after the next garbage collection, given
 * back, and logged once with the stack that acquired it, if that was kept.
 */
public interface SlotLease extends AutoCloseable {

    /** The request that was granted. */
    String requestId();

    /** What the pool knows of this request now. After the end: its last state. Asks the store. */
    BrowserSlot slot();

    /**
     * The fencing token: greater than that of every earlier grant of this pool, in any JVM. In memory as long as the system's
     * clock is not set back between two JVMs.
     */
    long token();

    /** Whether the lease is still the holder's, by the clocks of this JVM at the moment of the call. Never asks the store. */
    boolean isValid();

    /**
     * Does nothing if the lease is valid.
     *
     * @throws LeaseLostException if it was closed, has expired, or was taken back; it says which
     */
    void requireValid();

    /** The profile that came with the slot, as it stood at the grant; empty if none was claimed. */
    Optional<ProfileLock> profile();

    /**
     * The last owner of this profile, if it vanished (STALE) or could not close its browser cleanly (FAILED): who it was, the
     * last checkpoint that it reached, and where its evidence is.
     */
    Optional<ProfileLock> recoveredFrom();

    /**
     * Registers somebody to be told, once, when the lease is taken back: expired, revoked or lost. If that has happened
     * already, it is told at once. Not told of an ordinary {@link #close()}. Runs on a thread of the pool, outside every lock;
     * what it throws is logged.
     */
    void onLost(Consumer<LeaseLoss> listener);

    /** Notes that the work succeeded: closing will end the request as COMPLETED. Does not close. */
    void complete();

    /** Notes that the work failed: closing will end the request as FAILED, even after {@link #complete()}. Does not close. */
    void fail(Throwable cause);

    /**
     * Moves the time at which this lease expires. Asks the store and waits for its answer, not interruptibly.
     *
     * @param by how much later than agreed so far; all extensions together at most {@link PoolConfig#maxExtension()}
     * @return when it expires now, by the wall clock of this JVM; for a child at the latest when its parent does
     * @throws IllegalArgumentException if it is not positive
     * @throws ExtensionRefusedException if it would be too much in total; the lease keeps its end
     * @throws LeaseLostException if it has ended, or is being taken back
     * @throws StoreUnavailableException if the store gave no answer: the lease may have been extended; saying the same again is
     *     safe
     */
    Instant extendBy(Duration by);

    /**
     * Notes how far the work got. If it owns a profile, the record of the ownership keeps the last one, and whoever has to recover
     * the profile after a crash reads it. Returns at once; the newest is sent when the one before has arrived. Never throws for the
     * store's sake; does nothing after the end.
     *
     * @param step in one line; what is beyond 200 characters is cut off, control characters become spaces
     */
    void checkpoint(String step);

    /**
     * Runs another operation on this slot: visible in the status, without a slot of its own, ended with this lease at the
     * latest. Does not wait for a slot.
     *
     * @throws LeaseLostException if this lease has ended
     * @throws ParentNotRunningException if it is being taken back
     * @throws DuplicateRequestException if the id is waiting or running already
     * @throws PoolClosedException if the pool is closed
     * @throws StoreUnavailableException if the store gave no answer for five seconds
     */
    SlotLease child(String requestId, OperationType type);

    /**
     * Gives slot and profile back, once; a second call does nothing. Never throws. Not interrupted by a pending interrupt,
     * whose flag it keeps. If the store is away it waits at most a few seconds, and the pool goes on trying by itself.
     */
    @Override
    void close();
}
