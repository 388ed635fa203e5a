/**
 * What the machine gives: processes, files, locks, threads, clocks. Not part of the API. Nothing of browsers' pages, of profiles or of
 * Playwright may enter it.
 */
@NullMarked
package dev.browserpool.playwright.host;

import org.jspecify.annotations.NullMarked;
