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
                .reuse(arguments[0].equals("OPENS_WARM") ? ReusePolicy.warm() : ReusePolicy.off())
                .build();
        if (arguments[0].equals("OPENS_FIRST")) {
            openInAHook(browsers);
        } else if (arguments[0].equals("OPENS_LATE")) {
            browsers.call(Requests.ephemeral("first"), session -> session.page().url());
            openInAHook(browsers);
        } else {
            exitWhileOneOpens(browsers);
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
            try {
                return browsers.call(Requests.ephemeral("second"), session -> {
                    firstIsOver.await();
                    session.page().waitForTimeout(1_000);
                    System.out.println("second worked");
                    return "";
                });
            } catch (BrowserSessionException e) {
                System.out.println(shortly(e));
                throw e;
            }
        });
        await().until(() -> Machine.drivers().size() == 2);
        System.exit(3);
    }

    private static void openInAHook(BrowserSessions browsers) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                String said = browsers.call(Requests.ephemeral("late"), session -> "late worked");
                System.out.println(said);
            } catch (Exception e) {
                System.out.println(shortly(e));
            }
        }));
        System.exit(3);
    }

    /** Whose it is, and the reason, without the grace. */
    private static String shortly(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("^(request \\S+?):? .*(this JVM ends).*$", "$1: $2");
    }
}
