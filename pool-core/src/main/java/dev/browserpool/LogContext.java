package dev.browserpool;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Puts pool, request and profile into the log context (SLF4J's {@link MDC}) of the present thread, so that each line that it logs
 * says for whom. The loans, {@link BrowserPool#call} and that of browser sessions, do so by themselves; for a lease that you
 * acquired yourself put {@code LogContext.enter(pool.config().name(), request)} beside it.
 *
 * <p>For one thread, in try-with-resources: closing puts back what stood there before.
 */
public final class LogContext implements AutoCloseable {
    /** The key of the pool's name. */
    public static final String POOL = "browser_pool";

    /** The key of the request's id. */
    public static final String REQUEST = "browser_request";

    /** The key of the profile's id; absent if the request claims none. */
    public static final String PROFILE = "browser_profile";

    private final Map<String, @Nullable String> before = new LinkedHashMap<>();

    private LogContext() {}

    /** From now on, until it is closed. */
    public static LogContext enter(String poolName, SlotRequest request) {
        LogContext context = new LogContext();
        context.put(POOL, poolName);
        context.put(REQUEST, request.requestId());
        context.put(PROFILE, request.profile().map(ProfileClaim::profileId).orElse(null));
        return context;
    }

    private void put(String key, @Nullable String value) {
        before.put(key, MDC.get(key));
        set(key, value);
    }

    private static void set(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    /** Puts back what stood there before. */
    @Override
    public void close() {
        before.forEach(LogContext::set);
    }
}
