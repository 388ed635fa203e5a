package dev.browserpool.memory;

import dev.browserpool.ProfileRule;
import dev.browserpool.SlotState;
import dev.browserpool.StoreUnavailableException;
import dev.browserpool.spi.Act;
import dev.browserpool.spi.Governed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people decide about one profile. */
final class ProfileActs {
    private static final Governed NOTHING = new Governed.Done(0);
    private static final Governed ONE = new Governed.Done(1);

    private final Desk desk;
    private final long now;

    ProfileActs(Desk desk) {
        this.desk = desk;
        this.now = desk.clock.now();
    }

    Governed act(Act act) {
        if (act instanceof Act.SetRule set) {
            return setRule(set.rule());
        }
        if (act instanceof Act.CheckOut out) {
            if (desk.recovering) {
                throw new StoreUnavailableException("the store was restarted: the owner of profile " + out.profileId()
                        + " may be about to come back");
            }
            return checkOut(desk.line.profile(out.profileId()), out);
        }
        if (act instanceof Act.ExtendCheckOut extend) {
            return extend(extend);
        }
        if (act instanceof Act.CheckIn in) {
            Optional<Block> checkOut = checkOut(in.profileId(), in.who());
            checkOut.ifPresent(block -> desk.custody.checkIn(block, in.note()));
            return checkOut.isPresent() ? ONE : NOTHING;
        }
        if (act instanceof Act.Quarantine q) {
            return desk.custody.quarantine(desk.line.profile(q.profileId()), q.who(), q.why()) ? ONE : NOTHING;
        }
        Act.Clear clear = (Act.Clear) act;
        Profile profile = desk.line.knownProfile(clear.profileId());
        return profile != null && desk.custody.clear(profile, clear.who(), clear.note()) ? ONE : NOTHING;
    }

    private Governed setRule(ProfileRule rule) {
        Profile profile = desk.line.profile(rule.profileId());
        int before = profile.rule.maxActive();
        profile.rule = rule;
        profile.lastRefusedProxy = null;
        rule.proxyId().ifPresent(required -> endOtherProxies(profile, required));
        desk.line.refresh(profile);
        desk.line.tidy(profile);
        return new Governed.Done(before);
    }

    /** Whoever waits with another proxy would be refused if it came now. Found first, since an end may move others of its task. */
    private void endOtherProxies(Profile profile, String required) {
        List<Seat> others = new ArrayList<>();
        for (Seat seat = profile.line.first(); seat != null; seat = seat.after) {
            if (!seat.request().proxyId().orElse(required).equals(required)) {
                others.add(seat);
            }
        }
        for (Seat seat : others) {
            String reason = "the rule of profile " + profile.id + " now demands proxy " + required + ", not "
                    + seat.request().proxyId().orElseThrow();
            desk.exits.tell(seat, desk.exits.leaveLine(seat, SlotState.CANCELLED, reason));
        }
    }

    private Governed checkOut(Profile profile, Act.CheckOut out) {
        Block present = profile.checkOut;
        boolean isOthers = present != null && !present.who.equals(out.who());
        if (!profile.owners.isEmpty() || isOthers) {
            return new Governed.Conflict(Facts.busy(profile, now));
        }
        long until = now + out.howLong().toNanos();
        return new Governed.CheckedOut(Facts.block(desk.custody.checkOut(profile, out.who(), out.why(), until), now));
    }

    private Governed extend(Act.ExtendCheckOut extend) {
        Optional<Block> checkOut = checkOut(extend.profileId(), extend.who());
        if (checkOut.isEmpty()) {
            Profile known = desk.line.knownProfile(extend.profileId());
            return new Governed.Conflict(Facts.busy(known == null ? new Profile(extend.profileId()) : known, now));
        }
        Block block = checkOut.get();
        desk.custody.extend(block, extend.howLong());
        return new Governed.CheckedOut(Facts.block(block, now));
    }

    private Optional<Block> checkOut(String profileId, String who) {
        Profile profile = desk.line.knownProfile(profileId);
        return profile == null
                ? Optional.empty()
                : Optional.ofNullable(profile.checkOut).filter(block -> block.who.equals(who));
    }
}
