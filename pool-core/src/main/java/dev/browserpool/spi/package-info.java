/**
 * The seam between the part that decides (a ledger, one per kind of store) and the part that waits (the engine). Only durations
 * cross it, never instants. For authors of backends; nothing that only users need may enter it.
 */
@NullMarked
package dev.browserpool.spi;

import org.jspecify.annotations.NullMarked;
