package dev.browserpool.playwright;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ConsoleMessagesFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a page shows of itself: asked once, at the end, instead of listening all the time, which would pile up events in the
 * driver. What a page that hangs can still answer is asked first. Each question has a clock of our own: Playwright's are in the
 * driver, which may be what hangs.
 */
final class PageEvidence {
    private final EvidenceRun run;
    private final BrowserKind kind;
    private final Watchdog watchdog;
    private final Duration share;
    private final Deadline deadline;
    private boolean cutOff;
    private boolean answers = true;

    private PageEvidence(EvidenceRun run, BrowserKind kind, Watchdog watchdog, Duration budget) {
        this.run = run;
        this.kind = kind;
        this.watchdog = watchdog;
        this.share = budget.dividedBy(4);
        this.deadline = Deadline.in(budget.minus(budget.dividedBy(8)));
    }

    /** On the session's thread. */
    static void collect(EvidenceRun run, BrowserContext context, BrowserKind kind, Watchdog watchdog, Duration budget) {
        List<Page> pages = context.pages();
        if (pages.isEmpty()) {
            run.skip("page", "no page is open");
            return;
        }
        new PageEvidence(run, kind, watchdog, budget).of(pages.get(pages.size() - 1), pages);
    }

    private void of(Page page, List<Page> all) {
        JsonObject facts = new JsonObject();
        run.step("url", () -> {
            facts.addProperty("url", Redactor.text(page.url()));
            JsonArray urls = new JsonArray();
            all.forEach(p -> urls.add(Redactor.text(p.url())));
            facts.add("allPages", urls);
        });
        ask("console", () -> run.write("console.txt", console(page)));
        answers = !cutOff;
        ask("errors", () -> run.write("errors.txt", errors(page)));
        ask("title", () -> facts.addProperty("title", kind == BrowserKind.CHROMIUM ? rawTitle(page) : page.title()));
        run.step("page", () -> run.write("page.json", facts.toString()));
        boolean shot = ask(
                "screenshot",
                () -> page.screenshot(new Page.ScreenshotOptions()
                        .setPath(run.file("screenshot.png"))
                        .setTimeout(share.toMillis() * 0.8)));
        if (!shot && kind == BrowserKind.CHROMIUM) {
            ask("screenshot without waiting", () -> Files.write(run.file("screenshot.png"), rawScreenshot(page)));
        }
    }

    /** Not again if nobody answered the first time: that question was the driver's own. */
    private boolean ask(String name, EvidenceRun.Work question) {
        if (!answers) {
            run.skip(name, "the driver does not answer");
            return false;
        }
        return run.step(name, () -> inTime(question));
    }

    /** An interrupt ends a wait for the driver's answer and leaves both as they were. */
    private void inTime(EvidenceRun.Work question) throws IOException {
        Duration atMost = deadline.left().compareTo(share) < 0 ? deadline.left() : share;
        Presence here = new Presence();
        here.enter();
        try (Watchdog.Watch watch = watchdog.after(atMost, here::interrupt)) {
            question.run();
        } catch (RuntimeException e) {
            if (here.wasInterrupted()) {
                cutOff = true;
                throw new IOException("no answer within " + atMost, e);
            }
            throw e;
        } finally {
            here.leave();
        }
    }

    /** From the browser, which knows it; {@link Page#title()} asks the page, and waits for ever if that hangs. */
    private static String rawTitle(Page page) {
        // Not detached: that would ask the page.
        CDPSession session = page.context().newCDPSession(page);
        return session.send("Target.getTargetInfo")
                .getAsJsonObject("targetInfo")
                .get("title")
                .getAsString();
    }

    /** For a page that still waits for its server: Playwright waits for it too, the browser does not. */
    private static byte[] rawScreenshot(Page page) {
        CDPSession session = page.context().newCDPSession(page);
        session.send("Page.stopLoading");
        return Base64.getDecoder()
                .decode(session.send("Page.captureScreenshot").get("data").getAsString());
    }

    private static String console(Page page) {
        return page.consoleMessages(new Page.ConsoleMessagesOptions().setFilter(ConsoleMessagesFilter.ALL)).stream()
                .map(PageEvidence::line)
                .collect(Collectors.joining());
    }

    private static String line(ConsoleMessage message) {
        return Instant.ofEpochMilli((long) message.timestamp()) + " " + message.type() + ": "
                + Redactor.text(message.text()) + " (" + Redactor.text(message.location()) + ")\n";
    }

    private static String errors(Page page) {
        return page.pageErrors().stream()
                .map(error -> Redactor.text(error) + "\n")
                .collect(Collectors.joining());
    }
}
