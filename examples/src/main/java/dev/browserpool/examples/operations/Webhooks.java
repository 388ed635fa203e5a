package dev.browserpool.examples.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.browserpool.BrowserPool;
import dev.browserpool.PoolEvent;
import dev.browserpool.PoolListener;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells others by HTTP when a request is queued, refused, times out or fails, and when the pool is not healthy: once when it begins, not
 * as long as it lasts. It sends on the thread that the pool gives to each listener, whose buffer is bounded: however slow the receiver
 * is, the pool waits for nothing.
 */
public final class Webhooks implements PoolListener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BrowserPool pool;
    private final Map<Alert.Kind, Webhook> hooks = new EnumMap<>(Alert.Kind.class);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReentrantLock sending = new ReentrantLock();
    private final ScheduledExecutorService health;
    private final Registration registration;
    private boolean wasUp = true;

    private Webhooks(BrowserPool pool, WebhookOptions options) {
        this.pool = pool;
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(options.timeout()).build();
        Map<URI, Webhook> byAddress = new HashMap<>();
        options.addresses()
                .forEach((kind, address) -> hooks.put(
                        kind, byAddress.computeIfAbsent(address, to -> new Webhook(client, to, options, closed))));
        this.health = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "webhooks-health");
            thread.setDaemon(true);
            return thread;
        });
        this.registration = pool.addListener(this);
        long every = options.healthInterval().toMillis();
        var unused = health.scheduleWithFixedDelay(this::lookAtHealth, every, every, TimeUnit.MILLISECONDS);
    }

    /** Tells from now on, until it or the pool is closed. */
    public static Webhooks tell(BrowserPool pool, WebhookOptions options) {
        return new Webhooks(pool, options);
    }

    @Override
    public void on(PoolEvent event) {
        Alert.of(event).ifPresent(this::send);
    }

    private void lookAtHealth() {
        boolean isUp = pool.health().isUp();
        if (wasUp && !isUp) {
            String why = pool.health().isOpen() ? "the store does not answer: leases are lost" : "the pool is closed";
            send(new Alert(Alert.Kind.UNHEALTHY, Optional.empty(), why));
        }
        wasUp = isUp;
    }

    private void send(Alert alert) {
        Webhook hook = hooks.get(alert.kind());
        if (hook == null) {
            return;
        }
        sending.lock();
        try {
            hook.send(JSON.writeValueAsString(alert.fields(pool.config().name())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        } finally {
            sending.unlock();
        }
    }

    /** How many alerts were left out since the receiver was too slow. */
    public long dropped() {
        return registration.dropped();
    }

    /** Tells nothing more. Does not wait for what is being sent. */
    @Override
    public void close() {
        closed.countDown();
        registration.close();
        health.shutdownNow();
    }
}
