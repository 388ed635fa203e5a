package dev.browserpool.benchmarks.browsers;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/** Several slots in one browser: a driver each, all but the first connected to the browser through the driver of the first. */
final class SharedByHand implements PageSource {
    private final WarmPair first;
    private final BlockingQueue<WarmPair> idle;

    SharedByHand(Path executable, int slots) {
        first = WarmPair.start(executable);
        String endpoint = first.browser().bind("shared").endpoint;
        idle = new ArrayBlockingQueue<>(slots, true, List.of(first));
        for (int i = 1; i < slots; i++) {
            Playwright playwright = Playwright.create();
            Browser connected = playwright.chromium().connect(endpoint);
            idle.add(new WarmPair(playwright, connected));
        }
    }

    @Override
    public void lend(Consumer<Page> work) throws InterruptedException {
        WarmPair pair = idle.take();
        try (BrowserContext context = pair.browser().newContext()) {
            work.accept(context.newPage());
        } finally {
            idle.add(pair);
        }
    }

    @Override
    public void close() {
        idle.stream().filter(pair -> !pair.equals(first)).forEach(WarmPair::close);
        first.browser().unbind();
        first.close();
    }
}
