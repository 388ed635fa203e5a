package dev.browserpool.examples.dashboard;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The newest events, and the newest view of the pool, for any number of viewers that each read at their own pace. Nobody who reads
 * slowly holds anybody up: who falls behind the newest thousand misses some, and is told.
 */
final class Feed {
    static final int REMEMBERED = 1_000;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Event> events = new ArrayDeque<>();
    private long last;
    private Optional<Event> view = Optional.empty();
    private boolean isClosed;

    /**
     * One event.
     *
     * @param number counted from 1
     * @param name what it is called
     * @param json what it says
     */
    record Event(long number, String name, String json) {}

    /**
     * What a viewer has not seen yet.
     *
     * @param events in order
     * @param view the newest view, if the viewer knows an older one
     * @param hasMissed whether some were forgotten before the viewer could read them
     * @param next where to go on
     */
    record News(List<Event> events, Optional<Event> view, boolean hasMissed, long next) {
        boolean isEmpty() {
            return events.isEmpty() && view.isEmpty() && !hasMissed;
        }
    }

    /**
     * What a viewer wants to know.
     *
     * @param after the number of the last event that it has seen
     * @param seenView the number of the last view that it has seen
     * @param wanted which events and views it wants
     */
    record Wish(long after, long seenView, Predicate<Event> wanted) {}

    void publish(String name, String json) {
        locked(() -> {
            events.addLast(new Event(++last, name, json));
            return events.size() > REMEMBERED ? events.removeFirst() : view;
        });
    }

    /** Replaces the view: the status, or why there is none. */
    void show(String name, String json) {
        locked(() -> view = Optional.of(new Event(view.map(Event::number).orElse(0L) + 1, name, json)));
    }

    /** The number of the newest view; zero if there was none yet. */
    long view() {
        return locked(() -> view.map(Event::number).orElse(0L));
    }

    /** As it may be sent with an event, and will come back when the viewer has lost its connection. */
    String id(long number) {
        return run + "-" + number;
    }

    /** Where to go on after this id; from now on if it is of another run, or none. */
    long after(Optional<String> id) {
        return locked(() -> id.filter(text -> text.startsWith(run + "-"))
                .flatMap(text -> number(text.substring(run.length() + 1)))
                .filter(number -> number <= last)
                .orElse(last));
    }

    /**
     * Waits until there is something that the viewer has not seen, and which it wants.
     *
     * @param lasts whether the viewer may still be told; asked whenever something happens, and when the time is over
     * @return empty news if nothing came in time; empty at all if there will be no more
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    Optional<News> await(Wish wish, BooleanSupplier lasts, Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            News news = since(wish);
            boolean goesOn = !isClosed && lasts.getAsBoolean();
            while (goesOn && news.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
                news = since(new Wish(news.next(), wish.seenView(), wish.wanted()));
                goesOn = !isClosed && lasts.getAsBoolean();
            }
            return goesOn ? Optional.of(news) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private News since(Wish wish) {
        long oldest = last - events.size();
        List<Event> unseen = new ArrayList<>();
        if (wish.after() < last) {
            events.stream()
                    .filter(e -> e.number() > wish.after() && wish.wanted().test(e))
                    .forEach(unseen::add);
        }
        Optional<Event> newer =
                view.filter(v -> v.number() > wish.seenView() && wish.wanted().test(v));
        return new News(unseen, newer, wish.after() < oldest, last);
    }

    /** Has every viewer asked again whether it may still be told. */
    void stir() {
        locked(() -> true);
    }

    /** Sends every viewer home. */
    void close() {
        locked(() -> isClosed = true);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            T result = work.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text)).filter(n -> n >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
