/** A service with Spring Boot: two beans, health, metrics, and an end that lets its browsers finish. */
@NullMarked
package dev.browserpool.examples.spring;

import org.jspecify.annotations.NullMarked;
