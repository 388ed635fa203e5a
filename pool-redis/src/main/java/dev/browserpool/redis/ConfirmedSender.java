package dev.browserpool.redis;

import dev.browserpool.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Takes no answer for good before so many replicas have what it says. Script and {@code WAIT} go along one connection: on another one
 * the server would not know what is meant.
 *
 * @param replicas how many
 * @param within for how long to wait for them
 */
record ConfirmedSender(UnifiedJedis redis, int replicas, Duration within) implements Sender {

    @Override
    public Object send(String digest, String text, List<String> keys, List<String> values) {
        try {
            return confirmed(keys.get(0), pipeline -> pipeline.evalsha(digest, keys, values));
        } catch (JedisNoScriptException forgotten) {
            return confirmed(keys.get(0), pipeline -> pipeline.eval(text, keys, values));
        } catch (JedisMovedDataException moved) {
            boolean unused = redis.exists(keys.get(0)); // has the client learn where to
            throw moved;
        }
    }

    private Object confirmed(String key, Function<Pipeline, Response<Object>> script) {
        try (Connection connection = Tap.take(redis, key).orElseThrow();
                Pipeline pipeline = new Pipeline(connection)) {
            Response<Object> answer = script.apply(pipeline);
            Response<Long> confirmed = pipeline.waitReplicas(replicas, within.toMillis());
            pipeline.sync();
            Object said = answer.get();
            if (confirmed.get() < replicas) {
                throw new StoreUnavailableException(
                        confirmed.get() + " of " + replicas + " replicas have confirmed a step within " + within);
            }
            return said;
        }
    }
}
