package dev.browserpool.playwright;

/**
 * What a program wants to do around each session. Every method does nothing by default. Set with {@link
 * BrowserSessionsBuilder#hooks}; of several, those of the opening are called in the order in which they were set, those of the closing
 * in the opposite one. Several sessions call them at the same time.
 *
 * <p>Each call has a clock ({@link BrowserSessionsBuilder#hookBudget}): when it is over, or the lease is lost, the calling thread is
 * interrupted, and a hook that comes back later than that has failed. A hook that fails, with whatever it throws, fails its session and
 * nothing else: everything of the session is ended and given back as always.
 */
public interface SessionHooks {
    /**
     * Slot and profile are owned, nobody else is on the profile's directory, and no browser has been started. On a thread of the
     * library's. If it fails, none is started, and {@code open} throws a {@link BrowserSessionException} of step HOOK.
     *
     * @throws Exception as it likes
     */
    default void beforeLaunch(HookContext context) throws Exception {}

    /**
     * The browser is up. On the thread that opens the session, which owns it and may use its page. If it fails, the session is closed as
     * failed, with evidence, and {@code open} throws a {@link BrowserSessionException} of step HOOK.
     *
     * @throws Exception as it likes
     */
    default void afterLaunch(HookContext context, BrowserSession session) throws Exception {}

    /**
     * The session is being closed, its evidence has not been saved yet. On the thread that closes it, which may use its page. Not called
     * if the browser can't be asked any more: it died, its lease was lost, or another thread closes it. If it fails, the session ends
     * as failed.
     *
     * @throws Exception as it likes
     */
    default void beforeClose(HookContext context, BrowserSession session) throws Exception {}

    /**
     * All processes of the browser are gone, and the profile is still owned: its directory may be read and changed. On a thread of the
     * library's. Called exactly once for each {@link #beforeLaunch} that did not fail, whatever became of the launch. If it fails, the
     * session ends as failed; its evidence has been saved already.
     *
     * @throws Exception as it likes
     */
    default void afterClose(HookContext context) throws Exception {}
}
