/**
 * Mixed work with faults, for an hour or a minute, and whether anything grows meanwhile: heap, threads, handles, processes, files, and
 * what the server keeps. The program judges it itself.
 */
@NullMarked
package dev.browserpool.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
