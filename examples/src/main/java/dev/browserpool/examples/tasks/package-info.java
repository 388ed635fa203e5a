/**
 * What is to be done: tasks with their manifests, the routes of their accounts, and the strict reader of the file that lists
 * them. Nothing that runs a task may enter it.
 */
@NullMarked
package dev.browserpool.examples.tasks;

import org.jspecify.annotations.NullMarked;
