/**
 * The pool whose ledger lives in Redis: one limit and one set of profiles for many JVMs.
 * It speaks to the engine through {@code dev.browserpool.spi} alone, and only durations cross that seam.
 * No waiting, no leases and no browsers in here: those are the engine's and pool-playwright's.
 */
@NullMarked
package dev.browserpool.redis;

import org.jspecify.annotations.NullMarked;
