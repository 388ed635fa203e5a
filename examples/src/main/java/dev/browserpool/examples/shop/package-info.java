/**
 * A small shop on loopback and a customer who uses it through a page. It knows neither the pool nor the scheduler, and nothing
 * about tasks may enter it.
 */
@NullMarked
package dev.browserpool.examples.shop;

import org.jspecify.annotations.NullMarked;
