/**
 * What every backend has to keep: the contract as tests, with time from outside and several members to a pool. A backend extends
 * the abstract classes and brings a {@link dev.browserpool.contract.Cluster}. Nothing that only one backend knows may enter it.
 */
package dev.browserpool.contract;
