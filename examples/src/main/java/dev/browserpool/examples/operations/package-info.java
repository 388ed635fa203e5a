/**
 * What a program needs that runs for months: a page for Prometheus, calls to others when something is wrong, and an end that
 * lets its browsers finish. Uses the library as any user does.
 */
@NullMarked
package dev.browserpool.examples.operations;

import org.jspecify.annotations.NullMarked;
