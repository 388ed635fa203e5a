package dev.browserpool.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a listener has heard so far. */
record Heard(List<PoolEvent> events) {
    static Heard of(BrowserPool pool) {
        Heard heard = new Heard(new CopyOnWriteArrayList<>());
        pool.addListener(heard.events::add);
        return heard;
    }

    <T extends PoolEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends PoolEvent> T one(Class<T> type) {
        until(type);
        assertThat(all(type)).hasSize(1);
        return all(type).get(0);
    }

    List<PoolEvent> until(Class<? extends PoolEvent> type) {
        await().until(() -> events.stream().anyMatch(type::isInstance));
        return events;
    }

    List<PoolEvent> untilEndOf(String id) {
        await().until(() -> all(PoolEvent.Ended.class).stream()
                .anyMatch(ended -> ended.slot().requestId().equals(id)));
        return events;
    }
}
