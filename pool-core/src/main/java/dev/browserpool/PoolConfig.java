package dev.browserpool;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * The settings of one pool. Immutable and validated: a value out of range is refused where it is set, with its name. Times are
 * at most 146 years; {@code maxBrowsers} is at least 1, other numbers are at least 0.
 *
 * <p>Defaults: 5 browsers, timeout 1 h, maximum duration 1 h, 1,000 waiting and 100 for one profile, stop grace 20 s, close
 * grace 30 s, history of 10,000 entries or 24 h, poll interval 1 s, leak stacks sampled.
 */
public final class PoolConfig {
    /**
     * The settings that belong to a pool as a whole. Where members of several JVMs share one, a member that sets such a value changes
     * it for all; a member that leaves it at its default follows what the pool has.
     */
    public enum Shared {
        /** {@link #maxBrowsers()}. */
        MAX_BROWSERS,
        /** {@link #maxQueued()}. */
        MAX_QUEUED,
        /** {@link #maxQueuedPerProfile()}. */
        MAX_QUEUED_PER_PROFILE,
        /** {@link #stopGrace()}. */
        STOP_GRACE,
        /** {@link #historySize()}. */
        HISTORY_SIZE,
        /** {@link #historyRetention()}. */
        HISTORY_RETENTION
    }

    private final Builder b;

    private PoolConfig(Builder b) {
        this.b = b;
    }

    /** The defaults with this many slots. */
    public static PoolConfig ofSlots(int maxBrowsers) {
        return builder().maxBrowsers(maxBrowsers).build();
    }

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts with these settings. */
    public Builder toBuilder() {
        return new Builder(b);
    }

    /** The pool's name, in its threads, logs and errors. */
    public String name() {
        return b.name;
    }

    /** How many browsers may run at once. */
    public int maxBrowsers() {
        return b.maxBrowsers;
    }

    /** How long a request waits if it does not say so itself. */
    public Duration timeout() {
        return b.timeout;
    }

    /** How long a lease may be held if its request does not say so itself. */
    public Duration maxDuration() {
        return b.maxDuration;
    }

    /** By how much a lease may be extended in total; see {@link SlotLease#extendBy}. Zero forbids it. */
    public Duration maxExtension() {
        return b.maxExtension;
    }

    /** How many requests may wait; the next one is refused at once. */
    public int maxQueued() {
        return b.maxQueued;
    }

    /** How many requests may wait for one profile. */
    public int maxQueuedPerProfile() {
        return b.maxQueuedPerProfile;
    }

    /** How long a holder has to confirm that its browser is stopped, before the slot passes on without it. */
    public Duration stopGrace() {
        return b.stopGrace;
    }

    /** How long {@link BrowserPool#close()} waits for the leases of others before it takes them back. */
    public Duration closeGrace() {
        return b.closeGrace;
    }

    /** How often the pool looks after things that nobody tells it, such as forgotten leases. */
    public Duration pollInterval() {
        return b.pollInterval;
    }

    /** How many ended requests are remembered. */
    public int historySize() {
        return b.historySize;
    }

    /** How long ended requests are remembered. */
    public Duration historyRetention() {
        return b.historyRetention;
    }

    /** For which leases the acquiring stack is kept. */
    public LeakStacks leakStacks() {
        return b.leakStacks;
    }

    /** Which of the shared settings were set, rather than left at their defaults. */
    public Set<Shared> chosen() {
        return Set.copyOf(b.chosen);
    }

    @Override
    public String toString() {
        return "PoolConfig[" + b.name + ", " + b.maxBrowsers + " slots]";
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private String name = "default";
        private int maxBrowsers = 5;
        private Duration timeout = Duration.ofHours(1);
        private Duration maxDuration = Duration.ofHours(1);
        private int maxQueued = 1_000;
        private int maxQueuedPerProfile = 100;
        private Duration stopGrace = Duration.ofSeconds(20);
        private Duration maxExtension = Duration.ofHours(1);
        private Duration closeGrace = Duration.ofSeconds(30);
        private Duration pollInterval = Duration.ofSeconds(1);
        private int historySize = 10_000;
        private Duration historyRetention = Duration.ofHours(24);
        private LeakStacks leakStacks = LeakStacks.SAMPLED;
        private final Set<Shared> chosen = EnumSet.noneOf(Shared.class);

        private Builder() {}

        private Builder(Builder from) {
            this.name = from.name;
            this.maxBrowsers = from.maxBrowsers;
            this.timeout = from.timeout;
            this.maxDuration = from.maxDuration;
            this.maxQueued = from.maxQueued;
            this.maxQueuedPerProfile = from.maxQueuedPerProfile;
            this.stopGrace = from.stopGrace;
            this.maxExtension = from.maxExtension;
            this.closeGrace = from.closeGrace;
            this.pollInterval = from.pollInterval;
            this.historySize = from.historySize;
            this.historyRetention = from.historyRetention;
            this.leakStacks = from.leakStacks;
            this.chosen.addAll(from.chosen);
        }

        /** The pool's name; at most 200 characters. */
        public Builder name(String value) {
            this.name = Names.id("name", value);
            return this;
        }

        /** How many browsers may run at once; at least 1. */
        public Builder maxBrowsers(int value) {
            this.maxBrowsers = Names.atLeast(1, "maxBrowsers", value);
            chosen.add(Shared.MAX_BROWSERS);
            return this;
        }

        /** How long requests wait by default; zero means now or never. */
        public Builder timeout(Duration value) {
            this.timeout = Names.notNegative("timeout", value);
            return this;
        }

        /** How long leases may be held by default. */
        public Builder maxDuration(Duration value) {
            this.maxDuration = Names.positive("maxDuration", value);
            return this;
        }

        /** How many requests may wait; 0 refuses whoever cannot run at once. */
        public Builder maxQueued(int value) {
            this.maxQueued = Names.atLeast(0, "maxQueued", value);
            chosen.add(Shared.MAX_QUEUED);
            return this;
        }

        /** How many requests may wait for one profile. */
        public Builder maxQueuedPerProfile(int value) {
            this.maxQueuedPerProfile = Names.atLeast(0, "maxQueuedPerProfile", value);
            chosen.add(Shared.MAX_QUEUED_PER_PROFILE);
            return this;
        }

        /** How long a holder has to confirm that its browser is stopped. */
        public Builder stopGrace(Duration value) {
            this.stopGrace = Names.notNegative("stopGrace", value);
            chosen.add(Shared.STOP_GRACE);
            return this;
        }

        /** By how much a lease may be extended in total; 1 h if not set. Zero forbids it. */
        public Builder maxExtension(Duration value) {
            this.maxExtension = Names.notNegative("maxExtension", value);
            return this;
        }

        /** How long closing the pool waits for the leases of others. */
        public Builder closeGrace(Duration value) {
            this.closeGrace = Names.notNegative("closeGrace", value);
            return this;
        }

        /** How often the pool looks after what nobody tells it. */
        public Builder pollInterval(Duration value) {
            this.pollInterval = Names.positive("pollInterval", value);
            return this;
        }

        /** How many ended requests are remembered. */
        public Builder historySize(int value) {
            this.historySize = Names.atLeast(0, "historySize", value);
            chosen.add(Shared.HISTORY_SIZE);
            return this;
        }

        /** How long ended requests are remembered. */
        public Builder historyRetention(Duration value) {
            this.historyRetention = Names.positive("historyRetention", value);
            chosen.add(Shared.HISTORY_RETENTION);
            return this;
        }

        /** For which leases the acquiring stack is kept. */
        public Builder leakStacks(LeakStacks value) {
            this.leakStacks = value;
            return this;
        }

        /** The settings. */
        public PoolConfig build() {
            return new PoolConfig(new Builder(this));
        }
    }
}
