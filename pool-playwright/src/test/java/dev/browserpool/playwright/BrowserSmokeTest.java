package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.ProfileClaim;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One session of each kind: enough to see that a JDK and a browser get along. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class BrowserSmokeTest {
    @Test
    void oneEphemeralAndOneProfileSession(@TempDir Path directory) throws Exception {
        try (TestSite site = new TestSite();
                BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
                BrowserSessions browsers = BrowserSessions.builder(pool)
                        .profiles(directory.resolve("profiles"))
                        .build()) {
            SlotRequest ephemeral = SlotRequest.of(OperationType.TEST_RUN);
            SlotRequest profile = SlotRequest.builder(OperationType.AGENT)
                    .profile(ProfileClaim.exclusive("smoke"))
                    .build();

            String first = browsers.call(ephemeral, session -> title(session, site));
            String second = browsers.call(profile, session -> title(session, site));

            assertThat(List.of(first, second)).containsOnly("hello");
            assertThat(directory.resolve("profiles/smoke/Default")).isDirectory();
            assertThat(pool.status().running()).isEmpty();
        }
    }

    private static String title(BrowserSession session, TestSite site) {
        session.page().navigate(site.url("/hello"));
        return session.page().title();
    }
}
