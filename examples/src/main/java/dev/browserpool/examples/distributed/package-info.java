/**
 * One scheduler over many JVMs: starts them, deals tasks, hears how they end, and looks what becomes of what a killed one held. What
 * a worker does with a task is the business of the program that runs in its JVM: nothing about the shop may enter it.
 */
@NullMarked
package dev.browserpool.examples.distributed;

import org.jspecify.annotations.NullMarked;
