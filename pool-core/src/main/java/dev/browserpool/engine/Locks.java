package dev.browserpool.engine;

import dev.browserpool.PoolEvent;
import dev.browserpool.ProfileBlock;
import dev.browserpool.ProfileLock;
import dev.browserpool.ProfileLocks;
import dev.browserpool.ProfileRecord;
import dev.browserpool.ProfileRecord.Kind;
import dev.browserpool.ProfileRule;
import dev.browserpool.ProfileView;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Governed;
import dev.browserpool.spi.Identity;
import dev.browserpool.spi.ProfileFacts;
import dev.browserpool.spi.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Who owns which profile, and what people do about it, as calls of the ledger. */
final class Locks implements ProfileLocks {
    private final Core core;

    Locks(Core core) {
        this.core = core;
    }

    @Override
    public List<ProfileLock> current(String profileId) {
        return inHands(view(profileId)).toList();
    }

    @Override
    public List<ProfileLock> all() {
        return views().stream().flatMap(Locks::inHands).toList();
    }

    private static Stream<ProfileLock> inHands(ProfileView view) {
        return view.owners().isEmpty() ? view.vanished().stream() : view.owners().stream();
    }

    @Override
    public ProfileView view(String profileId) {
        return core.views.profile(facts(profileId));
    }

    private ProfileFacts facts(String profileId) {
        String checked = ProfileRule.defaultFor(profileId).profileId(); // refuses what is no name
        return core.calls.ask(() -> core.ledger().read(new Query.Profile(checked)));
    }

    @Override
    public List<ProfileView> views() {
        return core.calls.ask(() -> core.ledger().read(new Query.Profiles())).stream()
                .map(core.views::profile)
                .toList();
    }

    @Override
    public List<ProfileRecord> history(String profileId, int limit) {
        Operations.atLeast(0, "limit", limit);
        String checked = ProfileRule.defaultFor(profileId).profileId();
        return core.calls.ask(() -> core.ledger().read(new Query.ProfileHistory(checked, limit))).stream()
                .map(core.views::record)
                .toList();
    }

    @Override
    public ProfileRule rule(String profileId) {
        return facts(profileId).rule();
    }

    @Override
    public void setRule(ProfileRule rule) {
        Governed unused = govern(new Act.SetRule(rule));
    }

    @Override
    public ProfileBlock checkOut(String profileId, String who, String why, Duration howLong) {
        ProfileRecord record = record(profileId, Kind.CHECKED_OUT, who, why);
        Governed governed = govern(new Act.CheckOut(profileId, who, why, positive("howLong", howLong)));
        if (governed instanceof Governed.Conflict conflict) {
            throw core.refusals.busy(who, conflict.busy());
        }
        publish(record);
        return core.views.block(((Governed.CheckedOut) governed).block());
    }

    @Override
    public Instant extendCheckOut(String profileId, String who, Duration howLong) {
        ProfileRecord record = record(profileId, Kind.EXTENDED, who, "for " + howLong + " from then on");
        Governed governed = govern(new Act.ExtendCheckOut(profileId, who, positive("howLong", howLong)));
        if (governed instanceof Governed.Conflict conflict) {
            throw core.refusals.notCheckedOut(who, conflict.busy());
        }
        publish(record);
        return core.views
                .block(((Governed.CheckedOut) governed).block())
                .until()
                .orElseThrow();
    }

    @Override
    public boolean checkIn(String profileId, String who, String note) {
        return change(record(profileId, Kind.CHECKED_IN, who, note), new Act.CheckIn(profileId, who, note));
    }

    @Override
    public boolean quarantine(String profileId, String why) {
        Identity me = core.identity();
        return quarantine(profileId, "process " + me.processId() + " on " + me.host(), why);
    }

    @Override
    public boolean quarantine(String profileId, String who, String why) {
        return change(record(profileId, Kind.QUARANTINED, who, why), new Act.Quarantine(profileId, who, why));
    }

    @Override
    public boolean clear(String profileId, String who, String note) {
        return change(record(profileId, Kind.CLEARED, who, note), new Act.Clear(profileId, who, note));
    }

    private boolean change(ProfileRecord record, Act act) {
        boolean changed = ((Governed.Done) govern(act)).number() > 0;
        if (changed) {
            publish(record);
        }
        return changed;
    }

    private Governed govern(Act act) {
        return core.calls.order(() -> core.ledger().govern(act));
    }

    /** What will be on record; refuses what must not be. */
    private ProfileRecord record(String profileId, Kind kind, String who, String note) {
        return ProfileRecord.of(profileId, kind, core.time.wall(), who, note);
    }

    private void publish(ProfileRecord record) {
        core.events.publish(() -> new PoolEvent.ProfileChanged(record));
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(Operations.FOR_EVER) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", it must be more than zero and at most " + Operations.FOR_EVER);
        }
        return value;
    }
}
