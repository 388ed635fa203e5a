/** What tests of other rooms have to know of the engine and cannot be told from outside. No tests of its own: those are the contract's. */
package dev.browserpool.engine;
