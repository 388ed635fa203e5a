package dev.browserpool.redis;

import dev.browserpool.StoreUnavailableException;
import java.time.Duration;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/**
 * Takes no answer for good before so many replicas have what it says. Step and {@code WAIT} go along one connection: on another one
 * the server would not know what is meant.
 *
 * @param replicas how many
 * @param within for how long to wait for them
 */
record ConfirmedSender(UnifiedJedis redis, int replicas, Duration within) implements Sender {

    @Override
    public Object send(CommandObject<Object> step) {
        String key = step.getArguments().getKeys().get(0).toString();
        try (Connection connection = Tap.take(redis, key).orElseThrow();
                Pipeline pipeline = new Pipeline(connection)) {
            Response<Object> answer = pipeline.appendCommand(step);
            Response<Long> confirmed = pipeline.waitReplicas(replicas, within.toMillis());
            pipeline.sync();
            Object said = answer.get();
            if (confirmed.get() < replicas) {
                throw new StoreUnavailableException(
                        confirmed.get() + " of " + replicas + " replicas have confirmed a step within " + within);
            }
            return said;
        } catch (JedisMovedDataException moved) {
            boolean unused = redis.exists(key); // has the client learn where to
            throw moved;
        }
    }
}
