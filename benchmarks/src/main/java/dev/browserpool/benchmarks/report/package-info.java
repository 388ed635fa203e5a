/**
 * How figures become a table, a file and a section of the documentation. Knows nothing of what is measured.
 */
@NullMarked
package dev.browserpool.benchmarks.report;

import org.jspecify.annotations.NullMarked;
