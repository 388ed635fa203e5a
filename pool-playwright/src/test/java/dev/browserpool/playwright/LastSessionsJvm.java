package dev.browserpool.playwright;

import static org.awaitility.Awaitility.await;

import dev.browserpool.BrowserPool;
import dev.browserpool.PoolConfig;
import dev.browserpool.memory.InMemoryBrowserPool;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A JVM that ends while one session is open and another one opens, or in whose end one opens. Says what became of them. */
final class LastSessionsJvm {
    private LastSessionsJvm() {}

    public static void main(String[] arguments) throws Exception {
        BrowserPool pool = InMemoryBrowserPool.create(PoolConfig.ofSlots(2));
        BrowserSessions browsers = BrowserSessions.builder(pool)
                .shutdownGrace(Duration.parse(arguments[1]))
                .build();
        if (arguments[0].equals("OPENS")) {
            exitWhileOneOpens(browsers);
        } else {
            openInAHook(browsers);
        }
    }

    private static void exitWhileOneOpens(BrowserSessions browsers) throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch ending = new CountDownLatch(1);
        CountDownLatch firstIsOver = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(ending::countDown));
        Workers.start("first", () -> {
            browsers.call(Requests.ephemeral("first"), session -> {
                open.countDown();
                ending.await();
                session.page().waitForTimeout(500);
                System.out.println("first worked");
                return "";
            });
            firstIsOver.countDown();
            return "";
        });
        open.await();
        Workers.start("second", () -> {
            return browsers.call(Requests.ephemeral("second"), session -> {
                firstIsOver.await();
                session.page().waitForTimeout(1_000);
                System.out.println("second worked");
                return "";
            });
        });
        await().until(() -> Machine.drivers().size() == 2);
        System.exit(3);
    }

    private static void openInAHook(BrowserSessions browsers) throws Exception {
        browsers.call(Requests.ephemeral("first"), session -> session.page().url());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                String said = browsers.call(Requests.ephemeral("late"), session -> "late worked");
                System.out.println(said);
            } catch (Exception e) {
                System.out.println(e.getMessage());
            }
        }));
        System.exit(3);
    }
}
