package dev.browserpool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    private final PoolConfigValues values;

    private PoolConfig(PoolConfigValues values) {
        this.values = values;
    }

    /** The defaults with this many slots. */
    public static PoolConfig ofSlots(int maxBrowsers) {
        return builder().maxBrowsers(maxBrowsers).build();
    }

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return new Builder(new PoolConfigValues());
    }

    /** A builder that starts with these settings. */
    public Builder toBuilder() {
        return new Builder(new PoolConfigValues(values));
    }

    /** The pool's name, in its threads, logs and errors. */
    public String name() {
        return values.name;
    }

    /** How many browsers may run at once. */
    public int maxBrowsers() {
        return values.maxBrowsers;
    }

    /** What is left of a limit under the {@link #cap()}. */
    public int limited(int limit) {
        return values.cap.map(cap -> Math.min(cap.most(), limit)).orElse(limit);
    }

    /** How long a request waits if it does not say so itself. */
    public Duration timeout() {
        return values.timeout;
    }

    /** How long a lease may be held if its request does not say so itself. */
    public Duration maxDuration() {
        return values.maxDuration;
    }

    /** By how much a lease may be extended in total; see {@link SlotLease#extendBy}. Zero forbids it. */
    public Duration maxExtension() {
        return values.maxExtension;
    }

    /** How many requests may wait; the next one is refused at once. */
    public int maxQueued() {
        return values.maxQueued;
    }

    /** How many requests may wait for one profile. */
    public int maxQueuedPerProfile() {
        return values.maxQueuedPerProfile;
    }

    /** How long a holder has to confirm that its browser is stopped, before the slot passes on without it. */
    public Duration stopGrace() {
        return values.stopGrace;
    }

    /** How long {@link BrowserPool#close()} waits for the leases of others before it takes them back. */
    public Duration closeGrace() {
        return values.closeGrace;
    }

    /** How often the pool looks after things that nobody tells it, such as forgotten leases. */
    public Duration pollInterval() {
        return values.pollInterval;
    }

    /** How many ended requests are remembered. */
    public int historySize() {
        return values.historySize;
    }

    /** How long ended requests are remembered. */
    public Duration historyRetention() {
        return values.historyRetention;
    }

    /** For which leases the acquiring stack is kept. */
    public LeakStacks leakStacks() {
        return values.leakStacks;
    }

    /** What becomes of new requests while a load test has the pool. */
    public DuringLoadTest duringLoadTest() {
        return values.duringLoadTest;
    }

    /** Who is asked before a request enters the line, and again before its browser starts; in this order. */
    public List<AdmissionGate> gates() {
        return List.copyOf(values.gates);
    }

    /** More than these can't run at once, whatever {@code maxBrowsers} is. */
    public Optional<PoolStatus.Cap> cap() {
        return values.cap;
    }

    /** Which of the shared settings were set, rather than left at their defaults. */
    public Set<Shared> chosen() {
        return Set.copyOf(values.chosen);
    }

    @Override
    public String toString() {
        return "PoolConfig[" + values.name + ", " + values.maxBrowsers + " slots]";
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private final PoolConfigValues values;

        private Builder(PoolConfigValues values) {
            this.values = values;
        }

        /** The pool's name; at most 200 characters. */
        public Builder name(String value) {
            values.name = Names.id("name", value);
            return this;
        }

        /** How many browsers may run at once; at least 1. */
        public Builder maxBrowsers(int value) {
            values.maxBrowsers = Names.atLeast(1, "maxBrowsers", value);
            values.chosen.add(Shared.MAX_BROWSERS);
            return this;
        }

        /** How long requests wait by default; zero means now or never. */
        public Builder timeout(Duration value) {
            values.timeout = Names.notNegative("timeout", value);
            return this;
        }

        /** How long leases may be held by default. */
        public Builder maxDuration(Duration value) {
            values.maxDuration = Names.positive("maxDuration", value);
            return this;
        }

        /** How many requests may wait; 0 refuses whoever cannot run at once. */
        public Builder maxQueued(int value) {
            values.maxQueued = Names.atLeast(0, "maxQueued", value);
            values.chosen.add(Shared.MAX_QUEUED);
            return this;
        }

        /** How many requests may wait for one profile. */
        public Builder maxQueuedPerProfile(int value) {
            values.maxQueuedPerProfile = Names.atLeast(0, "maxQueuedPerProfile", value);
            values.chosen.add(Shared.MAX_QUEUED_PER_PROFILE);
            return this;
        }

        /** How long a holder has to confirm that its browser is stopped. */
        public Builder stopGrace(Duration value) {
            values.stopGrace = Names.notNegative("stopGrace", value);
            values.chosen.add(Shared.STOP_GRACE);
            return this;
        }

        /** By how much a lease may be extended in total; 1 h if not set. Zero forbids it. */
        public Builder maxExtension(Duration value) {
            values.maxExtension = Names.notNegative("maxExtension", value);
            return this;
        }

        /** How long closing the pool waits for the leases of others. */
        public Builder closeGrace(Duration value) {
            values.closeGrace = Names.notNegative("closeGrace", value);
            return this;
        }

        /** How often the pool looks after what nobody tells it. */
        public Builder pollInterval(Duration value) {
            values.pollInterval = Names.positive("pollInterval", value);
            return this;
        }

        /** How many ended requests are remembered. */
        public Builder historySize(int value) {
            values.historySize = Names.atLeast(0, "historySize", value);
            values.chosen.add(Shared.HISTORY_SIZE);
            return this;
        }

        /** How long ended requests are remembered. */
        public Builder historyRetention(Duration value) {
            values.historyRetention = Names.positive("historyRetention", value);
            values.chosen.add(Shared.HISTORY_RETENTION);
            return this;
        }

        /** For which leases the acquiring stack is kept. */
        public Builder leakStacks(LeakStacks value) {
            values.leakStacks = value;
            return this;
        }

        /** What becomes of new requests while a load test has the pool: refused if not set. */
        public Builder duringLoadTest(DuringLoadTest value) {
            values.duringLoadTest = value;
            return this;
        }

        /** Adds a gate; see {@link HostLoadGate} and {@link DiskSpaceGate}. */
        public Builder gate(AdmissionGate value) {
            values.gates.add(value);
            return this;
        }

        /**
         * Lowers the limit to what can run at all, such as 1 for headed browsers on one shared display. The status shows both
         * numbers and this reason. Like {@code maxBrowsers} it counts for the pool as a whole, also when that is resized.
         */
        public Builder cap(int most, String reason) {
            values.cap = Optional.of(new PoolStatus.Cap(most, reason));
            values.chosen.add(Shared.MAX_BROWSERS);
            return this;
        }

        /** The settings. */
        public PoolConfig build() {
            return new PoolConfig(new PoolConfigValues(values));
        }
    }
}
