/**
 * Figures of the in-memory pool beside what people use in one JVM today: JMH for what happens on one thread or many, a harness of
 * histograms for what passes from one to another. No figure is written here, only how it is found.
 */
@NullMarked
package dev.browserpool.benchmarks.jvm;

import org.jspecify.annotations.NullMarked;
