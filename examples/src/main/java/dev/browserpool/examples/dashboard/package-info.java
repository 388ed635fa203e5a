/**
 * A status API and a live page over one pool, for any application that uses Javalin. It knows the pool's API, a directory of evidence,
 * and nothing else of the examples; nothing about tasks, shops or stores may enter it.
 */
@NullMarked
package dev.browserpool.examples.dashboard;

import org.jspecify.annotations.NullMarked;
