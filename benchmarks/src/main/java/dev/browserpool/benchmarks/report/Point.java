package dev.browserpool.benchmarks.report;

/**
 * A point of a line.
 *
 * @param x where
 * @param y how much
 */
public record Point(double x, double y) {}
