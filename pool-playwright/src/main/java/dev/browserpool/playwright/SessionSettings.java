package dev.browserpool.playwright;

import dev.browserpool.BrowserPool;
import dev.browserpool.SlotRequest;
import dev.browserpool.playwright.host.Processes;
import dev.browserpool.playwright.host.Watchdog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What all sessions of one {@link BrowserSessions} share.
 *
 * @param pool who grants
 * @param kind which browser
 * @param executable its program; empty leaves the search to Playwright
 * @param profiles where profiles are; empty if only ephemeral sessions are wanted
 * @param inspector who looks at a profile after an end that was not clean
 * @param proxies says what stands behind the names of proxies; empty if nobody does
 * @param evidence where evidence goes, and of which sessions
 * @param budgets for the closing
 * @param launchTimeout for the opening, from the grant on
 * @param reuse what lives on after a session
 * @param lookAgainIn how long a request waits before it looks again whether a profile's directory is free
 * @param storeBudget how long a profile may be undone or stored while its lease is good
 * @param hooks the user's
 * @param shutdownGrace how long sessions may go on when the JVM ends
 * @param onClosed hears of each session that ended
 * @param tidings hears of their openings and endings
 * @param watchdog the clock
 * @param closed whether no new sessions are opened
 */
record SessionSettings(
        BrowserPool pool,
        BrowserKind kind,
        Optional<Path> executable,
        Optional<ProfileOptions> profiles,
        ProfileInspector inspector,
        Optional<ProxyResolver> proxies,
        Evidence evidence,
        Budgets budgets,
        Duration launchTimeout,
        ReusePolicy reuse,
        Duration lookAgainIn,
        Duration storeBudget,
        HookChain.Hooks hooks,
        Duration shutdownGrace,
        Consumer<SessionReport> onClosed,
        Tidings tidings,
        Watchdog watchdog,
        AtomicBoolean closed) {

    /** How long the end of a session may take. */
    Duration longestEnd() {
        return budgets.total().plus(Processes.TO_VANISH).plus(longestRest());
    }

    /** Of a session's end: undoing and storing a profile, and hooks. */
    Duration longestRest() {
        boolean stores = profiles.filter(ProfileOptions::worksAtRest).isPresent();
        return stores ? hooks.patience().plus(storeBudget) : hooks.patience();
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Fails if no new sessions are opened. */
    void requireOpen(SlotRequest request) {
        if (isClosed()) {
            throw new IllegalStateException("no session for request " + request.requestId()
                    + ": these BrowserSessions were closed; build new ones");
        }
    }
}
