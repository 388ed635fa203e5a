package dev.browserpool.memory;

import dev.browserpool.ProfileRule;
import dev.browserpool.spi.Act;

/** What operators decide for the whole pool. The line is served afterwards, as after every step. */
final class Governing {
    private final Desk desk;

    Governing(Desk desk) {
        this.desk = desk;
    }

    /** Returns the number that the act replaced, or how many entries it concerned. */
    int act(Act act) {
        if (act instanceof Act.Resize resize) {
            int before = desk.maxBrowsers;
            desk.maxBrowsers = resize.maxBrowsers();
            return before;
        }
        if (act instanceof Act.LineLength length) {
            int before = desk.maxQueued;
            desk.maxQueued = length.maxQueued();
            return before;
        }
        if (act instanceof Act.Pause pause) {
            int running = desk.pausedBy == null ? 1 : 0;
            desk.pausedBy = pause.reason();
            return running;
        }
        if (act instanceof Act.Resume) {
            int paused = desk.pausedBy == null ? 0 : 1;
            desk.pausedBy = null;
            return paused;
        }
        if (act instanceof Act.SetRule set) {
            return setRule(set.rule());
        }
        return desk.history.forget(((Act.Forget) act).olderThan(), desk.clock.now());
    }

    private int setRule(ProfileRule rule) {
        Profile profile = desk.line.profile(rule.profileId());
        int before = profile.rule.maxActive();
        profile.rule = rule;
        desk.line.refresh(profile);
        desk.line.tidy(profile);
        return before;
    }
}
