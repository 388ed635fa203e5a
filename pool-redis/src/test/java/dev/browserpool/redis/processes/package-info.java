/**
 * Real processes under faults: JVMs that share a pool, a server of their own, and a judge who knows only what they logged. No test here
 * looks into the pool; what a single JVM can show belongs to the tests next door.
 */
package dev.browserpool.redis.processes;
