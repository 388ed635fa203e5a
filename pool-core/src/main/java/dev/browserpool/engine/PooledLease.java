package dev.browserpool.engine;

import dev.browserpool.BrowserSlot;
import dev.browserpool.LeaseLoss;
import dev.browserpool.LeaseLostException;
import dev.browserpool.OperationType;
import dev.browserpool.PoolEvent.ProfileConflict.Detector;
import dev.browserpool.ProfileHome;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileRule;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotState;
import dev.browserpool.spi.Grant;
import dev.browserpool.spi.Outcome;
import dev.browserpool.spi.OutsideOwner;
import dev.browserpool.spi.ProfileEnd;
import dev.browserpool.spi.SessionLease;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease in the user's hands. The engine refers to it weakly: when nobody else does any more, it was forgotten. So the
 * listeners live here, and not in the engine.
 */
final class PooledLease implements SessionLease {
    private static final Logger log = LoggerFactory.getLogger(PooledLease.class);
    private static final int MAX_REASON = 300;
    private static final int MAX_LINE = 200;

    private final Hold hold;
    private final LeaseDoors doors;

    // Under the hold's lock.
    private @Nullable List<Consumer<LeaseLoss>> listeners;
    private @Nullable LeaseLoss told;

    PooledLease(Hold hold, LeaseDoors doors) {
        this.hold = hold;
        this.doors = doors;
    }

    @Override
    public String requestId() {
        return hold.id();
    }

    @Override
    public BrowserSlot slot() {
        return doors.slot(hold);
    }

    @Override
    public long token() {
        return hold.token;
    }

    @Override
    public boolean isValid() {
        return doors.isValid(hold);
    }

    @Override
    public void requireValid() {
        if (!isValid()) {
            throw new LeaseLostException(requestId(), loss());
        }
    }

    /** Empty if the holder closed it himself. */
    private Optional<LeaseLoss> loss() {
        LeaseLoss loss = hold.loss;
        if (loss == null && hold.stage == Hold.Stage.HELD) {
            loss = doors.isExpired(hold)
                    ? new LeaseLoss(
                            requestId(),
                            hold.token,
                            LeaseLoss.Reason.EXPIRED,
                            "its time is over by the clock of this JVM")
                    : new LeaseLoss(
                            requestId(),
                            hold.token,
                            LeaseLoss.Reason.LOST,
                            "the store has not confirmed it for too long by the clocks of this JVM");
        }
        return Optional.ofNullable(loss);
    }

    @Override
    public Optional<ProfileLock> profile() {
        return hold.profile;
    }

    @Override
    public Optional<ProfileLock> recoveredFrom() {
        return hold.recoveredFrom;
    }

    @Override
    public void onLost(Consumer<LeaseLoss> listener) {
        Objects.requireNonNull(listener, "listener");
        LeaseLoss already;
        hold.lock.lock();
        try {
            already = told;
            if (already == null) {
                if (listeners == null) {
                    listeners = new ArrayList<>(1);
                }
                listeners.add(listener);
            }
        } finally {
            hold.lock.unlock();
        }
        if (already != null) {
            tell(listener, already);
        }
    }

    /** Nobody wants it any more: it goes to the next. */
    void decline() {
        doors.decline(hold, this);
    }

    /** Called by the engine, once. */
    void lost(LeaseLoss loss) {
        List<Consumer<LeaseLoss>> registered;
        hold.lock.lock();
        try {
            told = loss;
            registered = listeners == null ? List.of() : List.copyOf(listeners);
        } finally {
            hold.lock.unlock();
        }
        registered.forEach(listener -> tell(listener, loss));
    }

    private void tell(Consumer<LeaseLoss> listener, LeaseLoss loss) {
        doors.tell(() -> {
            try {
                listener.accept(loss);
            } catch (RuntimeException | Error e) {
                log.warn("a listener for the loss of lease {} failed", requestId(), e);
            }
        });
    }

    /** Whether somebody stops a browser when this lease is taken back, so that waiting for him makes sense. */
    boolean hasListeners() {
        hold.lock.lock();
        try {
            return listeners != null;
        } finally {
            hold.lock.unlock();
        }
    }

    @Override
    public void complete() {
        hold.saysCompleted();
    }

    @Override
    public void fail(Throwable cause) {
        String reason = String.valueOf(cause);
        hold.saysFailed(new Outcome(
                SlotState.FAILED, reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "…" : reason));
    }

    @Override
    public SlotLease child(String requestId, OperationType type) {
        requireValid();
        return doors.child(hold, requestId, type);
    }

    @Override
    public void close() {
        Outcome verdict = hold.verdict();
        try {
            doors.close(hold, verdict == null ? Outcome.RELEASED : verdict);
        } finally {
            Reference.reachabilityFence(this); // or it could pass for forgotten while it is being closed
        }
    }

    @Override
    public Instant extendBy(Duration by) {
        return doors.changes().extend(hold, by);
    }

    @Override
    public void checkpoint(String step) {
        doors.changes().note(hold, new ProfileLock.Progress(Optional.of(line(step)), Optional.empty()));
    }

    @Override
    public void evidence(String where) {
        doors.changes().note(hold, new ProfileLock.Progress(Optional.empty(), Optional.of(where)));
    }

    @Override
    public Optional<ProfileHome> home() {
        return hold.ofProfile.flatMap(Grant.OfProfile::home);
    }

    @Override
    public boolean mustInspect() {
        return hold.ofProfile
                .filter(of -> of.recoveredFrom().isPresent() && of.onStale() == ProfileRule.OnStale.INSPECT)
                .isPresent();
    }

    @Override
    public void opened() {
        doors.changes().opened(hold);
    }

    @Override
    public void unclean(String why) {
        doors.changes().endsAs(hold, ProfileEnd.Condition.UNCLEAN, reason(why));
    }

    @Override
    public void quarantine(String why) {
        doors.changes().endsAs(hold, ProfileEnd.Condition.QUARANTINE, reason(why));
    }

    @Override
    public void admit() {
        doors.admit(hold);
    }

    @Override
    public SessionLease park(OutsideOwner by, Detector detectedBy, Duration lookAgainIn) throws InterruptedException {
        return doors.park(hold, by, detectedBy, lookAgainIn);
    }

    /** What goes on record has to say something. */
    private static String reason(String why) {
        return why.isBlank() ? "no reason was given" : line(why);
    }

    /** One line, as long as names may be. */
    private static String line(String text) {
        String printable = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
        return printable.length() > MAX_LINE ? printable.substring(0, MAX_LINE - 1) + "…" : printable;
    }

    @Override
    public void releasing() {
        doors.changes().releasing(hold);
    }

    @Override
    public void onForgotten(Supplier<ProfileEnd> stopBrowser) {
        hold.onForgotten = stopBrowser;
    }

    @Override
    public String toString() {
        return "SlotLease[" + requestId() + ", token " + token() + ", " + hold.stage + "]";
    }
}
