package dev.browserpool.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.browserpool.PoolConfig;
import dev.browserpool.spi.PoolTime;
import dev.browserpool.spi.SlotFacts;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The requests that have ended, for as long as the configuration remembers them; the oldest go first. */
final class History {
    private final Cache<Long, Past> entries;
    private final PoolTime time;
    private final int maxSize;
    private final int slack;
    private long count;
    private int sinceTrim;

    private record Past(SlotFacts last, long endedAt) {}

    History(PoolConfig config, PoolTime time) {
        this.time = time;
        this.maxSize = config.historySize();
        this.slack = Math.max(1, maxSize / 16);
        this.entries = Caffeine.newBuilder()
                .expireAfterWrite(config.historyRetention())
                .ticker(time::nanos)
                .executor(Runnable::run)
                .build();
    }

    void add(SlotFacts last) {
        if (maxSize == 0) {
            return;
        }
        entries.put(++count, new Past(last, time.nanos()));
        if (++sinceTrim >= slack) {
            trim();
        }
    }

    /** The newest, newest first. */
    List<SlotFacts> newest(int limit) {
        trim();
        return byAge(Math.min(limit, maxSize), true).values().stream()
                .map(this::asOfNow)
                .toList();
    }

    Optional<SlotFacts> latest(String requestId) {
        trim();
        return byAge(maxSize, true).values().stream()
                .filter(past -> past.last.request().requestId().equals(requestId))
                .findFirst()
                .map(this::asOfNow);
    }

    int forget(Duration olderThan) {
        trim();
        long now = time.nanos();
        Collection<Long> old = byAge(maxSize, false).entrySet().stream()
                .filter(e -> now - e.getValue().endedAt > olderThan.toNanos())
                .map(Map.Entry::getKey)
                .toList();
        entries.invalidateAll(old);
        return old.size();
    }

    private void trim() {
        sinceTrim = 0;
        entries.cleanUp();
        long excess = entries.estimatedSize() - maxSize;
        if (excess > 0) {
            entries.invalidateAll(byAge((int) excess, false).keySet());
        }
    }

    private Map<Long, Past> byAge(int limit, boolean newestFirst) {
        var policy = entries.policy().expireAfterWrite().orElseThrow();
        return newestFirst ? policy.youngest(limit) : policy.oldest(limit);
    }

    private SlotFacts asOfNow(Past past) {
        return past.last.later(Duration.ofNanos(time.nanos() - past.endedAt));
    }
}
