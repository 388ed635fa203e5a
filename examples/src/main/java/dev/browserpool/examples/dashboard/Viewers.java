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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who follow the events. Each keeps its thread of the server, which only waits and writes; so there are at most 32 at once. What
 * Javalin offers for it takes two threads for each; and what it calls on other threads it goes on with when the server has given up a
 * broken connection, and fails at, again and again without end.
 */
final class Viewers {
    static final int MOST = 32;

    /** So that a connection that died without a word is noticed. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Viewers.class);

    private final Feed feed;
    private final Semaphore places = new Semaphore(MOST);
    private final Semaphore arrivals = new Semaphore(0);

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

    /** Tells one everything from now on, or from where it has lost its connection, for as long as it may; returns when that is over. */
    void tell(Context context, BooleanSupplier lasts) {
        if (!places.tryAcquire()) {
            Problem.of(503, "too-many-viewers", "Too many follow the events", "at most " + MOST + " may at once")
                    .send(context);
            return;
        }
        try {
            write(context, lasts);
        } catch (IOException e) {
            log.debug("a viewer has gone: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops
        } finally {
            places.release();
        }
    }

    private void write(Context context, BooleanSupplier lasts) throws IOException, InterruptedException {
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

    /** Nobody is waited for any more; what the viewers wait for ends with the feed. */
    void close() {
        arrivals.release();
    }

    private static Predicate<Event> wanted(Optional<String> kinds) {
        if (kinds.isEmpty() || kinds.get().isBlank()) {
            return event -> true;
        }
        Set<String> names = Arrays.stream(kinds.get().split(",", -1)).collect(Collectors.toSet());
        return event -> names.contains(event.name());
    }
}
