package dev.browserpool.engine;

import dev.browserpool.BrowserPool;
import java.lang.reflect.Field;

/** Until when a member believes that what it holds is its own: what no user needs to know, and an outside judge does. */
public final class LocalValidity {
    private final Core core;

    private LocalValidity(Core core) {
        this.core = core;
    }

    /** Looks into a pool of this engine's. */
    public static LocalValidity of(BrowserPool pool) throws ReflectiveOperationException {
        Field field = EnginePool.class.getDeclaredField("core");
        field.setAccessible(true);
        return new LocalValidity((Core) field.get(pool));
    }

    /** In terms of {@link System#nanoTime}. */
    public long until() {
        return core.time.toClock(core.trust.until());
    }
}
