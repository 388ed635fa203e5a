/**
 * Figures of the pool in Redis, beside what else lends permits through Redis: all in one run, in turn, on one server. No figure is
 * written here, only how it is found.
 */
@NullMarked
package dev.browserpool.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
