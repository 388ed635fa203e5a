package dev.browserpool.examples.dashboard;

import dev.browserpool.examples.dashboard.Feed.Event;
import dev.browserpool.examples.dashboard.Feed.News;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Those who follow the events. Each has a thread of its own, which only waits and writes; so there are at most 32 at once. */
final class Viewers {
    static final int MOST = 32;

    /** So that a connection that died without a word is noticed. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

    private final Feed feed;
    private final Semaphore places = new Semaphore(MOST);
    private final AtomicInteger count = new AtomicInteger();

    Viewers(Feed feed) {
        this.feed = feed;
    }

    /** How many there are. */
    int present() {
        return MOST - places.availablePermits();
    }

    /** Whether one more may come; it has its place then, until it goes. */
    boolean letIn() {
        return places.tryAcquire();
    }

    /** Tells one that was let in everything from now on, or from where it has lost its connection. */
    void serve(SseClient client) {
        client.keepAlive();
        Thread thread = new Thread(() -> tell(client), "browser-pool-dashboard-viewer-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }

    private void tell(SseClient client) {
        try (client) {
            Context context = client.ctx();
            Predicate<Event> wanted = wanted(Optional.ofNullable(context.queryParam("kinds")));
            long after = feed.after(Optional.ofNullable(context.header("Last-Event-ID")));
            long view = 0;
            Optional<News> news = feed.await(after, view, wanted, SIGN_OF_LIFE);
            while (news.isPresent() && !client.terminated()) {
                send(client, news.get());
                after = news.get().next();
                view = news.get().view().map(Event::number).orElse(view);
                news = feed.await(after, view, wanted, SIGN_OF_LIFE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private void send(SseClient client, News news) {
        if (news.isEmpty()) {
            client.sendComment("still here");
        }
        if (news.hasMissed()) {
            client.sendEvent("missed", "{}");
        }
        news.events().forEach(event -> client.sendEvent(event.name(), event.json(), feed.id(event.number())));
        news.view().ifPresent(view -> client.sendEvent(view.name(), view.json(), feed.id(news.next())));
    }

    private static Predicate<Event> wanted(Optional<String> kinds) {
        if (kinds.isEmpty() || kinds.get().isBlank()) {
            return event -> true;
        }
        Set<String> names = Arrays.stream(kinds.get().split(",", -1)).collect(Collectors.toSet());
        return event -> names.contains(event.name());
    }
}
