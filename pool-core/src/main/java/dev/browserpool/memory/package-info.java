/**
 * The pool of one JVM: a ledger behind one lock. It is at the same time the readable specification that every other ledger
 * follows. Nothing that waits, calls back, or knows a browser may enter it.
 */
@NullMarked
package dev.browserpool.memory;

import org.jspecify.annotations.NullMarked;
