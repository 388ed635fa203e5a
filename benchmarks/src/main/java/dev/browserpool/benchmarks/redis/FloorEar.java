package dev.browserpool.benchmarks.redis;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;

/** The least that a hand-over through Redis can be: a message is heard. */
final class FloorEar implements WaitingJvm.Waiters {
    private final RedisClient redis;
    private final BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private final JedisPubSub ear = new JedisPubSub() {
        @Override
        public void onSubscribe(String channel, int count) {
            subscribed.countDown();
        }

        @Override
        public void onMessage(String channel, String message) {
            heard.add(System.nanoTime());
        }
    };

    FloorEar(String url, String channel) throws InterruptedException {
        redis = RedisClient.create(url);
        Daemons.named("floor").newThread(() -> redis.subscribe(ear, channel)).start();
        subscribed.await();
    }

    @Override
    public void beginToWait() {
        heard.clear();
    }

    @Override
    public long firstGrant() throws InterruptedException {
        return heard.take();
    }

    @Override
    public void close() {
        ear.unsubscribe();
        redis.close();
    }
}
