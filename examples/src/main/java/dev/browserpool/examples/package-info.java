/** The demo: a command that runs a task list in the shop through the scheduler, and checks what it did. */
@NullMarked
package dev.browserpool.examples;

import org.jspecify.annotations.NullMarked;
