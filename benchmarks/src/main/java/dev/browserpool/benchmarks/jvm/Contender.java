package dev.browserpool.benchmarks.jvm;

import dev.browserpool.LeakStacks;
import dev.browserpool.PoolConfig;
import java.util.List;

/** What is compared. */
public enum Contender {
    /** The pool of this project, as it is by default. */
    BROWSER_POOL("Browser Pool"),

    /** The same with a stack for every lease, and a listener that hears every event. */
    BROWSER_POOL_WITH_ALL("Browser Pool, all stacks, events heard"),

    /** Of objects, by which slots are counted. */
    COMMONS_POOL2("commons-pool2, fair"),

    /** Of objects as well; whoever comes may be served before who waits. */
    STORMPOT("Stormpot (not fair)"),

    /** Of permits. */
    RESILIENCE4J("Resilience4j Bulkhead, fair"),

    /** Of permits, with nothing around them: no fair pool in Java can be quicker. */
    SEMAPHORE("Semaphore, fair");

    /** Those that are looked at side by side; the one with everything switched on is looked at alone. */
    static final List<Contender> BESIDE = List.of(BROWSER_POOL, COMMONS_POOL2, STORMPOT, RESILIENCE4J, SEMAPHORE);

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    Lender open(int slots) {
        PoolConfig config = PoolConfig.ofSlots(slots);
        return switch (this) {
            case BROWSER_POOL -> new OurPool(config, false);
            case BROWSER_POOL_WITH_ALL ->
                new OurPool(config.toBuilder().leakStacks(LeakStacks.ALWAYS).build(), true);
            case COMMONS_POOL2 -> new CommonsPool(slots);
            case STORMPOT -> new StormpotPool(slots);
            case RESILIENCE4J -> new Bulkheads(slots);
            case SEMAPHORE -> new Semaphores(slots);
        };
    }
}
