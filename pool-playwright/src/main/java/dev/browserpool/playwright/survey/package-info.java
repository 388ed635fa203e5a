/**
 * What is left behind on this machine, and how to clear it away: what a doctor looks at. Not part of the API. Nothing that opens or
 * closes sessions may enter it.
 */
@NullMarked
package dev.browserpool.playwright.survey;

import org.jspecify.annotations.NullMarked;
