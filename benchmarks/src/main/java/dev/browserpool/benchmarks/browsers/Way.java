package dev.browserpool.benchmarks.browsers;

import dev.browserpool.playwright.ReusePolicy;
import java.nio.file.Path;

/** How one comes to an isolated page. */
enum Way {
    COLD("plain Playwright, a browser per page"),
    BY_HAND("newContext + newPage in a warm browser"),
    COMMONS("commons-pool2 around Playwright"),
    SHARED("drivers that share one warm browser, by hand"),
    OURS_OFF("session, nothing kept"),
    OURS_WARM("session in a warm browser"),
    OURS_PREPARED("session in a warm browser, context made ahead"),
    OURS_SHARED("sessions that share a browser, contexts made ahead"),
    OURS_PROFILE_OFF("session on a profile, nothing kept"),
    OURS_PROFILE("session on a profile, warm driver");

    private final String title;

    Way(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    PageSource open(int slots, Path executable, Path directory) {
        Path profiles = directory.resolve(name());
        return switch (this) {
            case COLD -> new PlainPlaywright(executable);
            case BY_HAND -> new WarmByHand(executable);
            case COMMONS -> new CommonsPool(executable, slots);
            case SHARED -> new SharedByHand(executable, slots);
            case OURS_OFF -> OurPool.ephemeral(slots, ReusePolicy.off(), executable, profiles);
            case OURS_WARM -> OurPool.ephemeral(slots, ReusePolicy.warm().withPrepared(false), executable, profiles);
            case OURS_PREPARED -> OurPool.ephemeral(slots, ReusePolicy.warm(), executable, profiles);
            case OURS_SHARED ->
                OurPool.ephemeral(slots, ReusePolicy.sharedBrowser(Math.max(2, slots)), executable, profiles);
            case OURS_PROFILE_OFF -> OurPool.onProfile(ReusePolicy.off(), executable, profiles);
            case OURS_PROFILE -> OurPool.onProfile(ReusePolicy.warm(), executable, profiles);
        };
    }
}
