package dev.browserpool.metrics;

import dev.browserpool.BrowserPool;
import dev.browserpool.BrowserSlot;
import dev.browserpool.PoolHealth;
import dev.browserpool.PoolStatus;
import java.lang.management.ManagementFactory;
import java.util.function.ToLongFunction;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool in the platform's MBean server, for whoever asks for it: whoever reaches that server may revoke and resize. */
public final class PoolJmx implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PoolJmx.class);

    private final ObjectName name;

    private PoolJmx(ObjectName name) {
        this.name = name;
    }

    /**
     * Registers it as {@code dev.browserpool:type=BrowserPool,name="…"}, with the pool's name. Close it before the pool.
     *
     * @throws IllegalStateException if there is one of that name in this JVM already
     */
    public static PoolJmx register(BrowserPool pool) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName name = new ObjectName("dev.browserpool:type=BrowserPool,name="
                    + ObjectName.quote(pool.config().name()));
            Object unused = server.registerMBean(new Bean(pool), name);
            return new PoolJmx(name);
        } catch (InstanceAlreadyExistsException e) {
            throw new IllegalStateException(
                    "a pool named '" + pool.config().name() + "' is in JMX already; give each its own PoolConfig.name",
                    e);
        } catch (JMException e) {
            throw new IllegalStateException("the pool can't be shown in JMX", e);
        }
    }

    /** Takes it out. Never throws; a second call does nothing. */
    @Override
    public void close() {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
        } catch (JMException e) {
            log.debug("{} was gone already", name, e);
        }
    }

    private record Bean(BrowserPool pool, StatusReading reading) implements PoolMXBean {
        Bean(BrowserPool pool) {
            this(pool, new StatusReading(pool, status -> {}));
        }

        private long number(ToLongFunction<PoolStatus> of) {
            return reading.now().map(of::applyAsLong).orElse(-1L);
        }

        @Override
        public int getMaxBrowsers() {
            return (int) number(status -> status.limit().maxBrowsers());
        }

        @Override
        public int getUsed() {
            return (int) number(status -> status.load().used());
        }

        @Override
        public int getStopping() {
            return (int) number(status -> status.load().stopping());
        }

        @Override
        public int getWaiting() {
            return (int) number(status -> status.load().waiting());
        }

        @Override
        public int getMembers() {
            return (int) number(status -> status.members().size());
        }

        @Override
        public long getGranted() {
            return number(status -> status.counts().granted());
        }

        @Override
        public String getPausedBy() {
            return reading.now().flatMap(PoolStatus::pausedBy).orElse("");
        }

        @Override
        public boolean isUp() {
            return pool.health().isUp();
        }

        @Override
        public double getHeartbeatAgeSeconds() {
            return pool.health()
                    .store()
                    .map(PoolHealth.Store::heartbeatAge)
                    .map(age -> age.toNanos() / 1e9)
                    .orElse(0.0);
        }

        @Override
        public String[] getRunning() {
            return reading.now().stream()
                    .flatMap(status -> status.running().stream())
                    .map(Bean::line)
                    .toArray(String[]::new);
        }

        private static String line(BrowserSlot slot) {
            String member = slot.grant().map(BrowserSlot.Grant::memberId).orElse("");
            return slot.requestId() + " " + slot.type() + " " + slot.state() + " " + member + " "
                    + slot.times().ran().toSeconds() + " s";
        }

        @Override
        public void resize(int maxBrowsers) {
            pool.operations().resize(maxBrowsers);
        }

        @Override
        public void pause(String reason) {
            pool.operations().pause(reason);
        }

        @Override
        public void resume() {
            pool.operations().resume();
        }

        @Override
        public boolean revoke(String requestId, String reason) {
            return pool.operations().revoke(requestId, reason);
        }
    }
}
