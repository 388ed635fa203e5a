/**
 * Figures of browser sessions, beside what else brings up isolated pages with Playwright: all in one run, in turn, on one page. No
 * figure is written here, only how it is found.
 */
@NullMarked
package dev.browserpool.benchmarks.browsers;

import org.jspecify.annotations.NullMarked;
