package dev.browserpool.redis;

import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** How a script gets to the server and its answer back: by its digest, and by its text when the server has forgotten it. */
interface Sender {
    /** Throws what Jedis throws. */
    Object send(String digest, String text, List<String> keys, List<String> values);

    /** Sends through a client, which knows where to. */
    static Sender through(UnifiedJedis redis) {
        return (digest, text, keys, values) -> {
            try {
                return redis.evalsha(digest, keys, values);
            } catch (JedisNoScriptException forgotten) {
                return redis.eval(text, keys, values);
            }
        };
    }
}
