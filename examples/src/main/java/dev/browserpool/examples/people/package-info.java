/**
 * How people take part in a run: a console on standard input, and a reviewer who follows a script where nobody sits. Both only
 * do what {@link dev.browserpool.ProfileLocks} and the scheduler's desk offer.
 */
@NullMarked
package dev.browserpool.examples.people;

import org.jspecify.annotations.NullMarked;
