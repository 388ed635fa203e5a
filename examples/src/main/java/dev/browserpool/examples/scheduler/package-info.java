/**
 * Routes tasks from account to profile to worker, over a pool that decides who may run. What a task does in its browser is
 * handed in from outside: nothing about the shop may enter it.
 */
@NullMarked
package dev.browserpool.examples.scheduler;

import org.jspecify.annotations.NullMarked;
