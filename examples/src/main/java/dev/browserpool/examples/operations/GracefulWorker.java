package dev.browserpool.examples.operations;

import dev.browserpool.BrowserPool;
import dev.browserpool.OperationType;
import dev.browserpool.PoolClosedException;
import dev.browserpool.SlotRequest;
import dev.browserpool.config.BrowserPools;
import dev.browserpool.playwright.BrowserSessions;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker that ends as it should: on SIGTERM or Ctrl-C it takes no more work, lets the browser that is open finish, within the pool's
 * close grace, and leaves the pool. Browsers that are not done by then are ended with evidence.
 *
 * <p>It does not call {@code operations().drain}: that is for operators, and pauses the pool for all of its members.
 */
public final class GracefulWorker {
    private static final Logger log = LoggerFactory.getLogger(GracefulWorker.class);

    private final BrowserPool pool;
    private final BrowserSessions browsers;

    private GracefulWorker(BrowserPool pool, Path directory) {
        this.pool = pool;
        this.browsers = BrowserSessions.builder(pool)
                .profiles(directory.resolve("profiles"))
                .evidence(directory.resolve("evidence"))
                .shutdownGrace(pool.config().closeGrace())
                .build();
    }

    /**
     * Works until it is told to end.
     *
     * @param arguments the directory for profiles and evidence, and the page to visit
     */
    public static void main(String[] arguments) throws InterruptedException {
        BrowserPool pool = BrowserPools.fromEnvironment();
        Runtime.getRuntime().addShutdownHook(new Thread(pool::close, "leave-the-pool"));
        new GracefulWorker(pool, Path.of(arguments[0])).workOn(arguments[1]);
    }

    private void workOn(String page) throws InterruptedException {
        try {
            while (pool.health().isOpen()) {
                String title = visit(page);
                log.info("visited {}", title);
            }
        } catch (PoolClosedException ended) {
            log.info("no more work: {}", ended.getMessage());
        }
    }

    private String visit(String page) throws InterruptedException {
        return browsers.call(SlotRequest.of(OperationType.EXPLORATION), session -> {
            session.page().navigate(page);
            return session.page().title();
        });
    }
}
