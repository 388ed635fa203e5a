/**
 * Task manifests as JSON: a strict reader whose refusals name line, field and value, and a writer. Needs Jackson's
 * {@code jackson-core}, an optional dependency. Nothing that routes or runs a task may enter it.
 */
@NullMarked
package dev.browserpool.json;

import org.jspecify.annotations.NullMarked;
