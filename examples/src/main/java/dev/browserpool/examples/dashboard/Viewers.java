package dev.browserpool.examples.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.browserpool.examples.dashboard.Feed.Event;
import dev.browserpool.examples.dashboard.Feed.News;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who follow the events. Each has a thread of its own, which only waits and writes; so there are at most 32 at once. Written by
 * hand, since what Javalin offers for it takes two threads for each.
 */
final class Viewers {
    static final int MOST = 32;

    /** So that a connection that died without a word is noticed. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Viewers.class);

    private final Feed feed;
    private final Semaphore places = new Semaphore(MOST);
    private final Semaphore arrivals = new Semaphore(0);
    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(this::thread);

    Viewers(Feed feed) {
        this.feed = feed;
    }

    /** How many there are. */
    int present() {
        return MOST - places.availablePermits();
    }

    /** Waits until somebody comes who wants to see how it is now, but not for longer than that. */
    void awaitArrival(Duration time) throws InterruptedException {
        if (arrivals.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
            arrivals.drainPermits();
        }
    }

    /** Has each look at once whether it may still be here. */
    void lookAround() {
        feed.stir();
    }

    /** Tells one everything from now on, or from where it has lost its connection, for as long as it may; returns at once. */
    void letIn(Context context, BooleanSupplier lasts) {
        if (!places.tryAcquire()) {
            Problem.of(503, "too-many-viewers", "Too many follow the events", "at most " + MOST + " may at once")
                    .send(context);
            return;
        }
        context.async(
                task -> {
                    task.executor = threads;
                    task.timeout = 0;
                },
                () -> serve(context, lasts));
    }

    private void serve(Context context, BooleanSupplier lasts) {
        try {
            tell(context, lasts);
        } catch (IOException e) {
            log.debug("a viewer has gone: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private void tell(Context context, BooleanSupplier lasts) throws IOException, InterruptedException {
        HttpServletResponse response = context.res();
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("X-Accel-Buffering", "no");
        Predicate<Event> wanted = wanted(Optional.ofNullable(context.queryParam("kinds")));
        long after = feed.after(Optional.ofNullable(context.header("Last-Event-ID")));
        long view = feed.view();
        arrivals.release();
        write(response, ": here\n\n");
        Optional<News> news = feed.await(new Feed.Wish(after, view, wanted), lasts, SIGN_OF_LIFE);
        while (news.isPresent()) {
            write(response, text(news.get()));
            after = news.get().next();
            view = news.get().view().map(Event::number).orElse(view);
            news = feed.await(new Feed.Wish(after, view, wanted), lasts, SIGN_OF_LIFE);
        }
    }

    private String text(News news) {
        StringBuilder text = new StringBuilder(news.isEmpty() ? ": still here\n\n" : "");
        if (news.hasMissed()) {
            text.append("event: missed\ndata: {}\n\n");
        }
        news.events().forEach(event -> append(text, event, event.number()));
        news.view().ifPresent(view -> append(text, view, news.next()));
        return text.toString();
    }

    /** JSON has no line breaks of its own. */
    private void append(StringBuilder text, Event event, long number) {
        text.append("id: ").append(feed.id(number));
        text.append("\nevent: ").append(event.name());
        text.append("\ndata: ").append(event.json()).append("\n\n");
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        response.getOutputStream().write(text.getBytes(UTF_8));
        response.flushBuffer();
    }

    /** Lets the threads end; what they wait for ends with the feed. */
    void close() {
        arrivals.release();
        threads.shutdown();
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "browser-pool-dashboard-viewer-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private static Predicate<Event> wanted(Optional<String> kinds) {
        if (kinds.isEmpty() || kinds.get().isBlank()) {
            return event -> true;
        }
        Set<String> names = Arrays.stream(kinds.get().split(",", -1)).collect(Collectors.toSet());
        return event -> names.contains(event.name());
    }
}
