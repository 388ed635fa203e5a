package dev.browserpool.playwright;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.nio.file.Path;

/** A JVM that ends, or is killed, while a warm browser and a warm driver wait in it for their next session. */
final class IdleJvm {
    private IdleJvm() {}

    public static void main(String[] arguments) throws Exception {
        BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(2));
        BrowserSessions browsers = BrowserSessions.builder(pool)
                .profiles(Path.of(arguments[0]))
                .reuse(ReusePolicy.warm())
                .build();
        try (BrowserSession session = browsers.open(Requests.ephemeral("warm"))) {
            session.page().navigate("about:blank");
            browsers.call(
                    Requests.onProfile("profile", "shop"), other -> other.page().title());
        }
        System.out.println("idle");
        while (System.in.read() >= 0) {
            // Until whoever started it closes its input.
        }
    }
}
