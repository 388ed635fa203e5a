/**
 * The numbers of browser sessions for Micrometer (an optional dependency: put micrometer-core on the class path). Hears sessions like
 * any other listener; nothing that a session does may enter it.
 */
@NullMarked
package dev.browserpool.playwright.metrics;

import org.jspecify.annotations.NullMarked;
