/**
 * Sessions on real browsers: opened strictly after slot and profile are granted, closed strictly before they are given back.
 * Whatever decides who may run belongs to the core and must not enter here.
 */
@NullMarked
package dev.browserpool.playwright;

import org.jspecify.annotations.NullMarked;
