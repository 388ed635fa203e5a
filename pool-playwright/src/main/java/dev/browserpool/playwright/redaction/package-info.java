/**
 * How secrets are kept out of whatever is written down. Not part of the API, and knows none of it.
 */
@NullMarked
package dev.browserpool.playwright.redaction;

import org.jspecify.annotations.NullMarked;
