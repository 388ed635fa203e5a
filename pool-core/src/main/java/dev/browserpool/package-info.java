/**
 * The whole public API: what a user of the pool reads, writes and catches. It knows no other package of this library, and
 * nothing that waits, stores or opens a browser may enter it. No parameter and no result is null.
 */
@NullMarked
package dev.browserpool;

import org.jspecify.annotations.NullMarked;
