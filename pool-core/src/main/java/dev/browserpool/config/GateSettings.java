package dev.browserpool.config;

import dev.browserpool.HostLoadGate;
import dev.browserpool.PoolConfig;
import dev.browserpool.spi.Form;
import dev.browserpool.spi.Setting;
import dev.browserpool.spi.Settings;
import java.util.List;

/** What the environment may say of the gate for the host's load: off unless one of its limits is given. */
final class GateSettings {
    private static final double OFF = 1;
    private static final double CPU_GAP = 0.1;
    private static final double MEMORY_GAP = 0.05;

    private static final Setting<Integer> CPU = Setting.optional(
            "BROWSER_POOL_MAX_CPU_PERCENT",
            Form.number(20, 99),
            "no limit",
            "how much of the processors may be in use on this host when a request comes; again 10 below");
    private static final Setting<Integer> MEMORY = Setting.optional(
            "BROWSER_POOL_MAX_MEMORY_PERCENT",
            Form.number(20, 99),
            "no limit",
            "how much of the memory may be in use on this host when a request comes; again 5 below");

    private GateSettings() {}

    static List<Setting<?>> all() {
        return List.of(CPU, MEMORY);
    }

    static void set(PoolConfig.Builder config, Settings given) {
        if (given.given(CPU).isPresent() || given.given(MEMORY).isPresent()) {
            double cpu = given.given(CPU).map(GateSettings::share).orElse(OFF);
            double memory = given.given(MEMORY).map(GateSettings::share).orElse(OFF);
            config.gate(HostLoadGate.builder()
                    .cpu(cpu, cpu - CPU_GAP)
                    .memory(memory, memory - MEMORY_GAP)
                    .build());
        }
    }

    private static double share(int percent) {
        return percent / 100.0;
    }
}
