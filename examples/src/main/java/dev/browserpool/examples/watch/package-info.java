/**
 * Looks at the operating system to see which browsers really run. It asks neither the pool nor the sessions, so that it can
 * contradict them.
 */
@NullMarked
package dev.browserpool.examples.watch;

import org.jspecify.annotations.NullMarked;
