/** Tests of how figures become pages. */
package dev.browserpool.benchmarks.report;
