package dev.browserpool.playwright;

import java.util.EnumSet;
import java.util.Set;

/** What is saved of a session's page, beside the manifest and its address, which always are. */
public enum EvidencePart {
    /** What it looks like. Not redacted. */
    SCREENSHOT,
    /** What its console says. */
    CONSOLE,
    /** The errors that its scripts threw. */
    ERRORS,
    /** Of its last requests those that were answered with an error, or not at all: method, address, status. Never headers or bodies. */
    REQUESTS,
    /** The names of its context's cookies, with their domains. Never values. */
    COOKIES,
    /** Its document, as it is now. */
    DOM,
    /**
     * Playwright's trace of the whole session, for its trace viewer. Costs time at each step and is not redacted: it holds what was
     * typed, and the answers of servers.
     */
    TRACE,
    /** A film of the page. Needs the ffmpeg of Playwright's own install; costs CPU all the time; not redacted. */
    VIDEO;

    /** What costs nothing before the end, and holds no more than what a person sees or a log has. */
    static Set<EvidencePart> standard() {
        return EnumSet.of(SCREENSHOT, CONSOLE, ERRORS, REQUESTS, COOKIES);
    }
}
