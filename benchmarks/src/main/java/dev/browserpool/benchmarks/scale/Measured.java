package dev.browserpool.benchmarks.scale;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;

/**
 * What the traffic of many members was in a window of time.
 *
 * @param seconds how long the window was
 * @param grants how many slots were handed over
 * @param server what that cost the server
 * @param membersCpuMicros what it cost the process with all the members
 * @param times how long the hand-overs took
 */
record Measured(double seconds, long grants, ServerReading server, long membersCpuMicros, HandOvers.Times times) {

    static Measured during(Duration window, HandOvers handOvers, Jedis redis) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        handOvers.clear();
        ServerReading before = ServerReading.of(redis);
        long cpu = system.getProcessCpuTime();
        long begin = System.nanoTime();
        rest(window);
        long grants = handOvers.count();
        ServerReading server = ServerReading.of(redis).since(before);
        return new Measured(
                (System.nanoTime() - begin) / 1e9,
                grants,
                server,
                TimeUnit.NANOSECONDS.toMicros(system.getProcessCpuTime() - cpu),
                handOvers.times());
    }

    static void rest(Duration howLong) {
        long end = System.nanoTime() + howLong.toNanos();
        for (long left = howLong.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    double grantsPerSecond() {
        return grants / seconds;
    }

    double stepsPerSecond() {
        return server.steps() / seconds;
    }

    double cpuPerGrant() {
        return (double) server.cpuMicros() / grants;
    }

    /** What a step costs the server beside its own run: reading, parsing, writing, waking up. */
    double besideAStep() {
        return (double) (server.cpuMicros() - server.stepMicros()) / server.steps();
    }

    /** Of one processor. */
    double share() {
        return server.cpuMicros() / seconds / 1e6;
    }
}
