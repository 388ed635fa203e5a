package dev.browserpool.playwright;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ConsoleMessagesFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a page shows of itself: asked once, at the end, instead of listening all the time, which would pile up events in the
 * driver. What a page that hangs can still answer is asked first.
 */
final class PageEvidence {
    private PageEvidence() {}

    /** On the session's thread. */
    static void collect(EvidenceRun run, BrowserContext context, BrowserKind kind, Duration budget) {
        List<Page> pages = context.pages();
        if (pages.isEmpty()) {
            run.skip("page", "no page is open");
            return;
        }
        Page page = pages.get(pages.size() - 1);
        JsonObject facts = new JsonObject();
        run.step("url", () -> {
            facts.addProperty("url", Redactor.text(page.url()));
            JsonArray all = new JsonArray();
            pages.forEach(p -> all.add(Redactor.text(p.url())));
            facts.add("allPages", all);
        });
        run.step("console", () -> run.write("console.txt", console(page)));
        run.step("errors", () -> run.write("errors.txt", errors(page)));
        run.step(
                "title",
                () -> facts.addProperty("title", kind == BrowserKind.CHROMIUM ? rawTitle(page) : page.title()));
        run.step("page", () -> run.write("page.json", facts.toString()));
        run.step(
                "screenshot",
                () -> page.screenshot(new Page.ScreenshotOptions()
                        .setPath(run.file("screenshot.png"))
                        .setTimeout(budget.toMillis() / 2.0)));
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
