package dev.browserpool.benchmarks.scale;

import com.google.gson.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/** Hears what is said to all members of a pool, on one connection: the grants that others' steps have decided. */
final class Grants implements AutoCloseable {
    /** By which a member hears that it hears. */
    private static final String ECHO = ".";

    private final BlockingQueue<Told> heard = new LinkedBlockingQueue<>();
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private final Jedis redis;
    private final JedisPubSub ear = new JedisPubSub() {
        @Override
        public void onPSubscribe(String pattern, int count) {
            subscribed.countDown();
        }

        @Override
        public void onPMessage(String pattern, String channel, String message) {
            if (!message.equals(ECHO)) {
                heard.add(Told.of(Calls.object(message)));
            }
        }
    };

    /**
     * A signal.
     *
     * @param kind G grant, S stop, E ended
     * @param ticket whose
     * @param token of a grant; empty otherwise
     */
    record Told(String kind, String ticket, String token) {
        static Told of(JsonObject signal) {
            String kind = signal.get("k").getAsString();
            String ticket = signal.get("t").getAsString();
            return kind.equals("G") ? of(ticket, signal.getAsJsonObject("g")) : new Told(kind, ticket, "");
        }

        static Told of(String ticket, JsonObject grant) {
            return new Told("G", ticket, grant.get("tok").getAsString());
        }
    }

    Grants(String url, String channels) throws InterruptedException {
        redis = new Jedis(url);
        Thread listening = new Thread(() -> redis.psubscribe(ear, channels), "grants");
        listening.setDaemon(true);
        listening.start();
        subscribed.await();
    }

    BlockingQueue<Told> heard() {
        return heard;
    }

    static String memberOf(String ticket) {
        return ticket.substring(0, ticket.lastIndexOf('/'));
    }

    @Override
    public void close() {
        ear.punsubscribe();
    }
}
