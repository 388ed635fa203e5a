package dev.browserpool.engine;

import dev.browserpool.ExtensionRefusedException;
import dev.browserpool.LeaseLostException;
import dev.browserpool.ProfileLock;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.StoreUnusableException;
import dev.browserpool.engine.Hold.Stage;
import dev.browserpool.spi.Change;
import dev.browserpool.spi.Changed;
import dev.browserpool.spi.ProfileEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What holders tell the ledger about their leases while they hold them. */
final class LeaseChanges {
    private static final Logger log = LoggerFactory.getLogger(LeaseChanges.class);

    private final Core core;

    LeaseChanges(Core core) {
        this.core = core;
    }

    void releasing(Hold hold) {
        if (hold.stage == Stage.HELD) {
            tell(hold, new Change.Releasing(), () -> {});
        }
    }

    /**
     * The sum is taken before the store is asked, so that two extensions at a time add up; it goes to the store as a total, so that
     * it may be repeated.
     */
    Instant extend(Hold hold, Duration by) {
        if (by.isNegative() || by.isZero()) {
            throw new IllegalArgumentException(
                    "the extension of lease " + hold.id() + " is " + by + ", it must be more than zero");
        }
        Duration most = core.config.maxExtension();
        long total;
        hold.lock.lock();
        try {
            Duration wanted = by.compareTo(most) > 0 ? by : by.plusNanos(hold.extended);
            if (wanted.compareTo(most) > 0) {
                throw new ExtensionRefusedException(hold.id(), wanted, most);
            }
            total = wanted.toNanos();
            hold.extended = total;
        } finally {
            hold.lock.unlock();
        }
        long asked = core.time.now();
        Changed changed;
        try {
            changed = ask(hold, new Change.Extend(Duration.ofNanos(total)));
        } catch (StoreUnavailableException | StoreUnusableException away) {
            takeBack(hold, by); // so that the same may be said again, and counts once
            throw away;
        }
        if (!(changed instanceof Changed.Extended extended)) {
            throw lost(hold);
        }
        long end = EngineTime.plus(asked, extended.endsIn());
        hold.lock.lock();
        try {
            hold.endAt(Math.max(hold.endsAt(), end));
            hold.extensionTold = Math.max(hold.extensionTold, total);
        } finally {
            hold.lock.unlock();
        }
        return core.views.in(extended.endsIn());
    }

    private static void takeBack(Hold hold, Duration by) {
        hold.lock.lock();
        try {
            hold.extended -= by.toNanos();
        } finally {
            hold.lock.unlock();
        }
    }

    void opened(Hold hold) {
        if (!(ask(hold, new Change.Opened()) instanceof Changed.Noted)) {
            throw lost(hold);
        }
        hold.lock.lock();
        try {
            hold.opened = true;
        } finally {
            hold.lock.unlock();
        }
    }

    private Changed ask(Hold hold, Change change) {
        if (hold.stage != Stage.HELD || hold.loss != null) {
            throw lost(hold);
        }
        return core.calls.order(() -> core.ledger().change(hold.ticket, hold.token, change));
    }

    private static LeaseLostException lost(Hold hold) {
        return new LeaseLostException(hold.id(), Optional.ofNullable(hold.loss));
    }

    /** One note is on its way at a time; what is said meanwhile goes after it, the newest alone. */
    void note(Hold hold, ProfileLock.Progress news) {
        if (hold.profile.isEmpty()) {
            return;
        }
        hold.lock.lock();
        try {
            hold.profileEnd = hold.profileEnd.and(new ProfileEnd(ProfileEnd.Condition.CLEAN, "", news));
            if (hold.noting || hold.stage != Stage.HELD) {
                return;
            }
            hold.noting = true;
        } finally {
            hold.lock.unlock();
        }
        sendNote(hold, hold.profileEnd.progress());
    }

    private void sendNote(Hold hold, ProfileLock.Progress progress) {
        tell(hold, new Change.Note(progress), () -> noted(hold, progress));
    }

    private void noted(Hold hold, ProfileLock.Progress sent) {
        ProfileLock.Progress newest;
        hold.lock.lock();
        try {
            newest = hold.profileEnd.progress();
            hold.noting = hold.stage == Stage.HELD && !newest.equals(sent);
            if (!hold.noting) {
                return;
            }
        } finally {
            hold.lock.unlock();
        }
        sendNote(hold, newest);
    }

    /** In which condition it will be given back: the worst that was said. */
    void endsAs(Hold hold, ProfileEnd.Condition condition, String why) {
        hold.lock.lock();
        try {
            hold.profileEnd = hold.profileEnd.and(new ProfileEnd(condition, why, ProfileLock.Progress.NONE));
        } finally {
            hold.lock.unlock();
        }
    }

    private void tell(Hold hold, Change change, Runnable then) {
        core.calls.send(
                () -> core.ledger().change(hold.ticket, hold.token, change),
                core.time.now(),
                Duration.ZERO,
                (changed, sentAt) -> then.run(),
                away -> {
                    log.debug("the store does not know of {}: {}", hold.id(), change, away);
                    then.run();
                });
    }
}
