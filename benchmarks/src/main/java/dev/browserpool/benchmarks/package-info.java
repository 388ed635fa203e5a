/**
 * Measurements: what an acquire and a release cost beside other pools. Both sides of a comparison run in one go. Not published,
 * and no test: nothing here may decide whether a build passes.
 */
@NullMarked
package dev.browserpool.benchmarks;

import org.jspecify.annotations.NullMarked;
