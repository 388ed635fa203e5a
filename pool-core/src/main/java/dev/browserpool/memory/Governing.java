package dev.browserpool.memory;

import dev.browserpool.spi.Act;
import dev.browserpool.spi.Governed;

/** What operators decide for the whole pool. The line is served afterwards, as after every step. */
final class Governing {
    private final Desk desk;

    Governing(Desk desk) {
        this.desk = desk;
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
        return new ProfileActs(desk).act(act);
    }
}
