package dev.browserpool.playwright;

import java.time.Duration;

/** What a session that was closed in order leaves running for the next one. */
sealed interface Kept {
    /**
     * Waits for what has to end, and leaves the rest in a session's place.
     *
     * @return whether what had to end did so by itself
     */
    boolean settle(Footprint footprint, Place place, Duration exit);

    /** Nothing. */
    record Nothing() implements Kept {
        @Override
        public boolean settle(Footprint footprint, Place place, Duration exit) {
            return footprint.settle(exit);
        }
    }

    /**
     * The driver alone.
     *
     * @param driver it
     * @param owner whose sessions it may serve
     */
    record OfDriver(Driver driver, SessionSettings owner) implements Kept {
        @Override
        public boolean settle(Footprint footprint, Place place, Duration exit) {
            boolean byItself = footprint.settleSparingDriver(exit);
            if (byItself) {
                place.leave(driver, owner);
            } else {
                footprint.processes().killAll(); // the driver too: nobody has it any more
                footprint.endThreads();
            }
            return byItself;
        }
    }

    /**
     * The browser with its driver.
     *
     * @param browser it
     */
    record OfBrowser(WarmBrowser browser) implements Kept {
        @Override
        public boolean settle(Footprint footprint, Place place, Duration exit) {
            footprint.passOn();
            place.leave(browser);
            return true;
        }
    }
}
