/**
 * How far one pool in Redis goes: the traffic of many members over real connections, what each step costs the server, and a simulation of
 * more members than one machine can hold, on the real steps and on a clock of its own.
 */
@NullMarked
package dev.browserpool.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
