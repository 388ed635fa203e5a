/**
 * Whose a profile's directory is, by what lies in it and what runs on it, and how its files are put in and out whole. Not part of
 * the API. Whoever starts browsers or knows sessions must not enter it.
 */
@NullMarked
package dev.browserpool.playwright.directory;

import org.jspecify.annotations.NullMarked;
