/**
 * How figures become a page with tables and plots, and a file for programs. Knows nothing of what is measured.
 */
@NullMarked
package dev.browserpool.benchmarks.report;

import org.jspecify.annotations.NullMarked;
