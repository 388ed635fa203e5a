/**
 * Attacks on the pool in memory: races of real threads, random histories against a model, forgotten leases, very long lines.
 * Everything random comes from a printed seed. What every backend has to keep belongs to the contract instead.
 */
package dev.browserpool.races;
