/** The structured log of a run: a file of JSON, one line for each thing that happened. What happened is not its business. */
@NullMarked
package dev.browserpool.examples.log;

import org.jspecify.annotations.NullMarked;
