package dev.browserpool.playwright;

import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.SlotRequest;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A JVM that ends while a session is open in it: by returning from main, by {@code System.exit}, or as whoever started it wants. */
final class EndingJvm {
    private EndingJvm() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(2));
        BrowserSessions browsers = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"))
                .build();
        switch (arguments[1]) {
            case "RETURN" -> {
                BrowserSession session = browsers.open(Requests.onProfile("ending", "shop"));
                session.page().navigate("about:blank");
                System.out.println("open");
            }
            case "KILL_WITH_A_FROZEN_SHARED_BROWSER" -> {
                work(
                        BrowserSessions.builder(pool)
                                .reuse(ReusePolicy.sharedBrowser(2))
                                .build(),
                        id -> Requests.ephemeral("ending-" + id));
                new CountDownLatch(1).await();
            }
            case "EXIT" -> {
                work(browsers);
                System.exit(3);
            }
            case "EXIT_WHILE_OPENING", "KILL_WHILE_OPENING" -> {
                Workers.start("opener", () -> browsers.open(Requests.onProfile("ending", "shop")));
                await().until(() -> !Machine.drivers().isEmpty());
                System.out.println("open");
                if (arguments[1].startsWith("EXIT")) {
                    System.exit(3);
                }
                new CountDownLatch(1).await();
            }
            default -> {
                work(browsers);
                new CountDownLatch(1).await();
            }
        }
    }

    /** On a thread of its own, until it is interrupted. */
    private static void work(BrowserSessions browsers) throws InterruptedException {
        work(browsers, profile -> Requests.onProfile("ending-" + profile, profile));
    }

    private static void work(BrowserSessions browsers, Function<String, SlotRequest> requests)
            throws InterruptedException {
        CountDownLatch open = new CountDownLatch(2);
        for (String profile : new String[] {"shop", "market"}) {
            Workers.start(
                    "worker-" + profile,
                    () -> browsers.call(requests.apply(profile), session -> {
                        session.page().navigate("about:blank");
                        open.countDown();
                        session.page().waitForTimeout(600_000);
                        return "";
                    }));
        }
        open.await();
        System.out.println("open");
    }
}
