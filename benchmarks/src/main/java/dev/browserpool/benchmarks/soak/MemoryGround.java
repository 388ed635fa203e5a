package dev.browserpool.benchmarks.soak;

import dev.browserpool.BrowserPool;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.util.Map;

/** Pools in memory, each by itself. */
final class MemoryGround implements Ground {
    @Override
    public String title() {
        return "in memory";
    }

    @Override
    public BrowserPool open() {
        return InMemoryBrowserPool.create(CONFIG);
    }

    @Override
    public String disturb(int dice) {
        return "";
    }

    @Override
    public Map<Watched, Double> watched() {
        return Map.of();
    }

    @Override
    public void close() {}
}
