/**
 * A pool's numbers for Micrometer (an optional dependency: put micrometer-core on the class path) and for JMX. Reads the API
 * like any other user; nothing that a pool does may enter it.
 */
@NullMarked
package dev.browserpool.metrics;

import org.jspecify.annotations.NullMarked;
