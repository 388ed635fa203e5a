/**
 * The part that waits: futures, timeouts, heartbeats, housekeeping, events; one engine for every ledger. Internal: reached from
 * outside through {@code dev.browserpool.spi.BackendPools} alone. No decision about who gets what may enter it.
 */
@NullMarked
package dev.browserpool.engine;

import org.jspecify.annotations.NullMarked;
