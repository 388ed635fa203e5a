package dev.browserpool.benchmarks.browsers;

import com.microsoft.playwright.Page;
import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.BrowserSessions;
import dev.browserpool.playwright.ReusePolicy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Sessions of this library. */
final class OurPool implements PageSource {
    private final BrowserPool pool;
    private final BrowserSessions browsers;
    private final Optional<String> profile;

    private OurPool(int slots, ReusePolicy reuse, Path executable, Path profiles, Optional<String> profile) {
        this.pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(slots));
        this.browsers = BrowserSessions.builder(pool)
                .executable(executable)
                .profiles(profiles)
                .reuse(reuse)
                .build();
        this.profile = profile;
    }

    static OurPool ephemeral(int slots, ReusePolicy reuse, Path executable, Path profiles) {
        return new OurPool(slots, reuse, executable, profiles, Optional.empty());
    }

    static OurPool onProfile(ReusePolicy reuse, Path executable, Path profiles) {
        return new OurPool(1, reuse, executable, profiles, Optional.of("benchmark"));
    }

    @Override
    public void lend(Consumer<Page> work) throws Exception {
        SlotRequest.Builder request = SlotRequest.builder(OperationType.TEST_RUN);
        profile.ifPresent(id -> request.profile(ProfileClaim.exclusive(id)));
        browsers.call(request.build(), session -> {
            work.accept(session.page());
            return "";
        });
    }

    @Override
    public void close() {
        browsers.close();
        pool.close();
    }
}
