/**
 * Pools chosen by configuration: the environment's variables, and the one shared pool of a JVM. Nothing that a pool does may
 * enter it.
 */
@NullMarked
package dev.browserpool.config;

import org.jspecify.annotations.NullMarked;
