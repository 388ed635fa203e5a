package dev.browserpool.memory;

import dev.browserpool.spi.Act;
import dev.browserpool.spi.Governed;
import org.jspecify.annotations.Nullable;

/** What operators decide for the whole pool. The line is served afterwards, as after every step. */
final class Governing {
    private final Desk desk;
    private final @Nullable Member member;

    /** The member is the one that acts; null if the store does not know it. */
    Governing(Desk desk, @Nullable Member member) {
        this.desk = desk;
        this.member = member;
    }

    Governed act(Act act) {
        if (act instanceof Act.Resize resize) {
            int before = desk.maxBrowsers;
            desk.maxBrowsers = resize.maxBrowsers();
            return new Governed.Done(before);
        }
        if (act instanceof Act.LineLength length) {
            int before = desk.maxQueued;
            desk.maxQueued = length.maxQueued();
            return new Governed.Done(before);
        }
        if (act instanceof Act.Pause pause) {
            int running = desk.pausedBy == null ? 1 : 0;
            desk.pausedBy = pause.reason();
            return new Governed.Done(running);
        }
        if (act instanceof Act.Resume) {
            int paused = desk.pausedBy == null ? 0 : 1;
            desk.pausedBy = null;
            return new Governed.Done(paused);
        }
        if (act instanceof Act.Forget forget) {
            return new Governed.Done(desk.history.forget(forget.olderThan(), desk.clock.now()));
        }
        if (act instanceof Act.BeginLoadTest begin) {
            return desk.loadTesting.begin(begin, member);
        }
        if (act instanceof Act.EndLoadTest end) {
            return desk.loadTesting.end(end);
        }
        return new ProfileActs(desk).act(act);
    }
}
