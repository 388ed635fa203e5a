/**
 * A JUnit Jupiter extension that gives tests pages of pooled browsers. Uses sessions as any user does: nothing that a session
 * itself needs may enter it, and nothing outside knows it, since JUnit is an optional dependency.
 */
@NullMarked
package dev.browserpool.playwright.junit;

import org.jspecify.annotations.NullMarked;
