package dev.browserpool;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets nobody in while the processors or the memory of this host, or of the container in which this JVM runs, are nearly used up.
 * Off unless it is given to {@link PoolConfig.Builder#gate}. Reads once a second on a daemon thread, only while requests come; smooths
 * what it reads; and over a high limit says no until the reading is below a low one. If a reading fails, requests pass without it, and
 * that is logged once.
 *
 * <p>It counts all that runs on the host, not the pool's browsers alone. One gate may serve several pools.
 */
public final class HostLoadGate implements AdmissionGate {
    private static final Logger log = LoggerFactory.getLogger(HostLoadGate.class);

    private final HostReadings readings;
    private final LongSupplier nanos;
    private final SmoothedReading cpu;
    private final SmoothedReading memory;
    private final WhileInUse sampling;
    private final AtomicBoolean complained = new AtomicBoolean();

    /** With readings and a clock from outside. */
    HostLoadGate(Builder limits, HostReadings readings, LongSupplier nanos, Duration pause, Duration idle) {
        this.readings = readings;
        this.nanos = nanos;
        this.cpu = new SmoothedReading("processor time", limits.cpuHigh, limits.cpuLow, limits.smoothing.toNanos());
        this.memory = new SmoothedReading("memory", limits.memoryHigh, limits.memoryLow, limits.smoothing.toNanos());
        this.sampling = new WhileInUse("browser-pool-host-load", this::sample, pause, idle);
    }

    /** At most 90 % of the processors, again below 80 %; at most 90 % of the memory, again below 85 %; smoothed over five seconds. */
    public static HostLoadGate standard() {
        return builder().build();
    }

    /** A builder that starts with the limits of {@link #standard()}. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Optional<Objection> objection(SlotRequest request) {
        sampling.need();
        return cpu.objection().or(memory::objection);
    }

    void sample() {
        boolean isCpuKnown = sample(cpu, readings::cpu);
        boolean isMemoryKnown = sample(memory, readings::memory);
        if (isCpuKnown && isMemoryKnown) {
            complained.set(false);
        }
    }

    private interface Reading {
        double now() throws IOException;
    }

    private boolean sample(SmoothedReading of, Reading reading) {
        try {
            of.read(reading.now(), nanos.getAsLong());
            return true;
        } catch (IOException | RuntimeException e) {
            of.forget();
            if (complained.compareAndSet(false, true)) {
                log.warn("the load of this host can't be read, so requests pass without that check", e);
            }
            return false;
        }
    }

    /** Collects limits, as shares from 0 to 1. A limit of 1 switches a reading off. Not thread-safe. */
    public static final class Builder {
        private double cpuHigh = 0.9;
        private double cpuLow = 0.8;
        private double memoryHigh = 0.9;
        private double memoryLow = 0.85;
        private Duration smoothing = Duration.ofSeconds(5);

        private Builder() {}

        /**
         * How much of the processors' time may be used.
         *
         * @param high over that nobody is let in
         * @param low below that again
         */
        public Builder cpu(double high, double low) {
            check("cpu", high, low);
            cpuHigh = high;
            cpuLow = low;
            return this;
        }

        /**
         * How much of the memory may be used.
         *
         * @param high over that nobody is let in
         * @param low below that again
         */
        public Builder memory(double high, double low) {
            check("memory", high, low);
            memoryHigh = high;
            memoryLow = low;
            return this;
        }

        /** Over which time readings are smoothed: after so long a new value has two thirds of its effect. */
        public Builder smoothing(Duration value) {
            this.smoothing = Names.positive("smoothing", value);
            return this;
        }

        private static void check(String name, double high, double low) {
            if (!(0 < low && low <= high && high <= 1)) {
                throw new IllegalArgumentException(name + " has the limits " + high + " and " + low
                        + "; they are shares from 0 to 1, the high one first");
            }
        }

        /** The gate. */
        public HostLoadGate build() {
            return new HostLoadGate(
                    this, new SystemReadings(), System::nanoTime, Duration.ofSeconds(1), Duration.ofMinutes(1));
        }
    }
}
