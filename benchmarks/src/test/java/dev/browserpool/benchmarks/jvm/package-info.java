/** Tests that the harness measures at all; no test of what it finds. */
package dev.browserpool.benchmarks.jvm;
