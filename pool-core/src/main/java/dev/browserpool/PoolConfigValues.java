package dev.browserpool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The values of a configuration that is being built, with their defaults. */
final class PoolConfigValues {
    String name = "default";
    int maxBrowsers = 5;
    Duration timeout = Duration.ofHours(1);
    Duration maxDuration = Duration.ofHours(1);
    int maxQueued = 1_000;
    int maxQueuedPerProfile = 100;
    Duration stopGrace = Duration.ofSeconds(20);
    Duration maxExtension = Duration.ofHours(1);
    Duration closeGrace = Duration.ofSeconds(30);
    Duration pollInterval = Duration.ofSeconds(1);
    int historySize = 10_000;
    Duration historyRetention = Duration.ofHours(24);
    LeakStacks leakStacks = LeakStacks.SAMPLED;
    DuringLoadTest duringLoadTest = DuringLoadTest.REFUSE;
    final List<AdmissionGate> gates = new ArrayList<>();
    Optional<PoolStatus.Cap> cap = Optional.empty();
    final Set<PoolConfig.Shared> chosen = EnumSet.noneOf(PoolConfig.Shared.class);

    PoolConfigValues() {}

    PoolConfigValues(PoolConfigValues from) {
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
        this.duringLoadTest = from.duringLoadTest;
        this.gates.addAll(from.gates);
        this.cap = from.cap;
        this.chosen.addAll(from.chosen);
    }
}
