package dev.browserpool.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotLease;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class PoolJmxTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Test
    void aPoolCanBeSeenAndOperatedByJmx() throws Exception {
        ObjectName name = new ObjectName("dev.browserpool:type=BrowserPool,name=\"jmx: a\"");
        PoolConfig config = PoolConfig.builder().name("jmx: a").maxBrowsers(3).build();
        try (BrowserPool pool = InMemoryBrowserPool.create(config);
                PoolJmx jmx = PoolJmx.register(pool);
                SlotLease lease = pool.acquire(SlotRequest.of("run_1", OperationType.AGENT))) {
            assertThat(server.getAttribute(name, "Used")).isEqualTo(1);
            assertThat(server.getAttribute(name, "MaxBrowsers")).isEqualTo(3);
            assertThat(server.getAttribute(name, "Up")).isEqualTo(true);
            assertThat((String[]) server.getAttribute(name, "Running"))
                    .singleElement()
                    .asString()
                    .startsWith("run_1 agent RUNNING ");
            assertThatThrownBy(() -> PoolJmx.register(pool))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'jmx: a' is in JMX already");

            Object revoked = server.invoke(name, "revoke", new Object[] {"run_1", "by a console"}, new String[] {
                String.class.getName(), String.class.getName()
            });

            assertThat(revoked).isEqualTo(true);
            assertThat(lease.isValid()).isFalse();
            jmx.close();
            assertThat(server.isRegistered(name)).isFalse();
        }
    }
}
