package dev.browserpool.redis;

import redis.clients.jedis.CommandObject;

/** How a step gets to the server and its answer back. */
interface Sender {
    /** Throws what Jedis throws. */
    Object send(CommandObject<Object> step);
}
