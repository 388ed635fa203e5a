package dev.browserpool.playwright;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.browserpool.playwright.host.Processes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The ways in which a session comes to a bad end, each produced for real, by the thread that works in it. */
enum Death {
    DRIVER_STOPPED,
    DRIVER_KILLED,
    BROWSER_STOPPED,
    BROWSER_KILLED,
    RENDERER_KILLED,
    ENDLESS_SCRIPT,
    OPEN_DIALOG,
    SILENT_SERVER,
    STUCK_CODE;

    /** A page at work, with no time limit of Playwright's. */
    static Page pageOf(BrowserSession session, TestSite site) {
        Page page = session.page();
        page.setDefaultTimeout(0);
        page.setDefaultNavigationTimeout(0);
        page.navigate(site.url("/hello"));
        return page;
    }

    /** Returns only if the session survives it. */
    void happenTo(Page page, Family processes, TestSite site) throws InterruptedException {
        switch (this) {
            case DRIVER_STOPPED -> signalled(page, "STOP", processes.driver());
            case DRIVER_KILLED -> signalled(page, "KILL", processes.driver());
            case BROWSER_STOPPED -> signalled(page, "STOP", processes.browser());
            case BROWSER_KILLED -> signalled(page, "KILL", processes.browser());
            case RENDERER_KILLED -> {
                processes.renderers().forEach(renderer -> Machine.signal("KILL", renderer));
                page.evaluate("new Promise(() => {})");
            }
            case ENDLESS_SCRIPT -> page.evaluate("while (true) {}");
            case OPEN_DIALOG -> {
                page.onDialog(dialog -> {});
                page.evaluate("alert('anybody there?')");
            }
            case SILENT_SERVER -> page.navigate(site.url("/silent"));
            case STUCK_CODE -> new CountDownLatch(1).await();
        }
    }

    private static void signalled(Page page, String signal, ProcessHandle process) {
        Machine.signal(signal, process);
        page.evaluate("new Promise(() => {})");
    }

    /** What it is told as, if the time of the lease is not over first. */
    Optional<FailureCause> cause() {
        return switch (this) {
            case DRIVER_KILLED -> Optional.of(FailureCause.DRIVER_DIED);
            case BROWSER_KILLED -> Optional.of(FailureCause.BROWSER_DIED);
            case RENDERER_KILLED -> Optional.of(FailureCause.PAGE_CRASHED);
            default -> Optional.empty();
        };
    }

    /** Whether its browser ends by itself in the end. */
    boolean endsByItself() {
        return this != BROWSER_STOPPED;
    }

    /** A session's own among those of this JVM, found by its request's id. */
    record Family(ProcessHandle driver, ProcessHandle browser) {
        static Family of(String requestId) {
            ProcessHandle browser = await().atMost(Duration.ofSeconds(10))
                    .until(() -> Machine.browsersOf(requestId).stream().findFirst(), Optional::isPresent)
                    .orElseThrow();
            return new Family(browser.parent().orElseThrow(), browser);
        }

        /** One of them shows the page. Each has its whole command line in its title. */
        List<ProcessHandle> renderers() {
            return browser.descendants()
                    .filter(p -> String.join(" ", Processes.commandLine(p)).contains("--type=renderer"))
                    .toList();
        }
    }
}
