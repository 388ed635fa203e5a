/** Redis servers as processes, for the tests that need more than one, or one of its own: TLS, replicas, Sentinel, a cluster. */
package dev.browserpool.redis.servers;
