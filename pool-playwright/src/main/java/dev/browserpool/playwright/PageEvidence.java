package dev.browserpool.playwright;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.Video;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * What a page shows of itself: asked once, at the end, instead of listening all the time, which would pile up events in the
 * driver. What a page that hangs can still answer is asked first.
 */
final class PageEvidence {
    private final EvidenceRun run;
    private final BrowserContext context;
    private final BrowserKind kind;
    private final Set<EvidencePart> parts;
    private final Inquiry inquiry;

    private PageEvidence(EvidenceRun run, BrowserContext context, SessionSettings settings, Duration budget) {
        this.run = run;
        this.context = context;
        this.kind = settings.kind();
        this.parts = settings.evidence().parts();
        this.inquiry = new Inquiry(run, settings.watchdog(), budget);
    }

    /** On the session's thread. An interrupt loses none of it, and is kept. */
    static void collect(EvidenceRun run, BrowserContext context, SessionSettings settings, Duration budget) {
        PageEvidence evidence = new PageEvidence(run, context, settings, budget);
        List<Page> pages = context.pages();
        if (pages.isEmpty()) {
            run.skip("page", "no page is open");
        } else {
            evidence.of(pages.get(pages.size() - 1), pages);
        }
        evidence.recordings(pages);
        if (evidence.inquiry.wasInterrupted()) {
            Thread.currentThread().interrupt();
        }
    }

    private void of(Page page, List<Page> all) {
        JsonObject facts = new JsonObject();
        run.step("url", () -> {
            facts.addProperty("url", run.text(page.url()));
            JsonArray urls = new JsonArray();
            all.forEach(p -> urls.add(run.text(p.url())));
            facts.add("allPages", urls);
        });
        logs(new PageLogs(page, run::text));
        inquiry.ask(
                "title",
                () -> facts.addProperty(
                        "title", run.text(kind == BrowserKind.CHROMIUM ? rawTitle(page) : page.title())));
        run.step("page", () -> run.write("page.json", facts.toString()));
        if (parts.contains(EvidencePart.SCREENSHOT)) {
            screenshot(page);
        }
        if (parts.contains(EvidencePart.DOM)) {
            inquiry.ask("dom", () -> run.write("dom.html", run.document(page.content())));
        }
    }

    private void logs(PageLogs logs) {
        if (parts.contains(EvidencePart.CONSOLE)) {
            inquiry.askDriver("console", () -> run.write("console.txt", logs.console()));
        }
        if (parts.contains(EvidencePart.ERRORS)) {
            inquiry.askDriver("errors", () -> run.write("errors.txt", logs.errors()));
        }
        if (parts.contains(EvidencePart.REQUESTS)) {
            inquiry.ask("requests", () -> run.write("requests.txt", logs.failedRequests()));
        }
        if (parts.contains(EvidencePart.COOKIES)) {
            inquiry.ask("cookies", () -> run.write("cookies.txt", logs.cookieNames()));
        }
    }

    private void screenshot(Page page) {
        boolean shot = inquiry.ask(
                "screenshot",
                () -> page.screenshot(new Page.ScreenshotOptions()
                        .setPath(run.file("screenshot.png"))
                        .setTimeout(inquiry.share().toMillis() * 0.8)));
        if (!shot && kind == BrowserKind.CHROMIUM) {
            inquiry.ask(
                    "screenshot without waiting", () -> Files.write(run.file("screenshot.png"), rawScreenshot(page)));
        }
    }

    /** What was recorded all the time. A film is complete when its page is closed. */
    private void recordings(List<Page> pages) {
        if (parts.contains(EvidencePart.TRACE)) {
            inquiry.ask(
                    "trace", () -> context.tracing().stop(new Tracing.StopOptions().setPath(run.file("trace.zip"))));
        }
        if (parts.contains(EvidencePart.VIDEO)) {
            for (int i = 0; i < pages.size(); i++) {
                Page page = pages.get(i);
                String file = "video-" + (i + 1) + ".webm";
                inquiry.ask("video " + (i + 1), () -> film(page, file));
            }
        }
    }

    private void film(Page page, String file) throws IOException {
        Video video = page.video();
        if (video == null) {
            throw new IOException("this page was not filmed");
        }
        page.close();
        video.saveAs(run.file(file));
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
}
