package dev.browserpool.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import dev.browserpool.playwright.host.Processes;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A second switch replaces Playwright's own, so it must have all that Playwright turns off. */
@Tag("browser")
@ExtendWith(NothingLeft.class)
class LeanWindowsTest {
    @Test
    void aWindowAndWhatTheUserSaysOfFeaturesAreLeftAlone() {
        assertThat(LeanWindows.switches(true, List.of("--mute-audio"), null)).hasSize(1);
        assertThat(LeanWindows.switches(false, List.of(), null)).isEmpty();
        assertThat(LeanWindows.switches(null, List.of(), null)).isEmpty();
        assertThat(LeanWindows.switches(true, List.of("--disable-features=Translate"), null))
                .isEmpty();
        assertThat(LeanWindows.switches(true, List.of(), List.of("--disable-features=Translate")))
                .isEmpty();
    }

    @Test
    void nothingThatPlaywrightTurnsOffIsOnAgain() throws Exception {
        try (BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(1));
                BrowserSessions browsers = BrowserSessions.builder(pool).build();
                BrowserSession session = browsers.open(Requests.ephemeral("lean"))) {
            List<List<String>> off = Processes.commandLine(Machine.browsers().get(0)).stream()
                    .filter(argument -> argument.startsWith("--disable-features="))
                    .map(argument -> List.of(
                            argument.substring(argument.indexOf('=') + 1).split(",", -1)))
                    .toList();

            assertThat(off).hasSize(2);
            assertThat(off.get(1)).containsAll(off.get(0)).contains("WebUIOmniboxPopup");
            session.complete();
        }
    }
}
