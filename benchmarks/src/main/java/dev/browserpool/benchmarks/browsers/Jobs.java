package dev.browserpool.benchmarks.browsers;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many short jobs: an isolated page, a navigation, something read, closed.
 *
 * @param perSecond how many were done in a second, starting from nothing
 * @param usableMillis from the call to a usable page, the median
 * @param memory the most megabytes of all processes together
 */
record Jobs(double perSecond, double usableMillis, double memory) {

    static Jobs run(PageSource source, int slots, int count, String url)
            throws InterruptedException, ExecutionException {
        List<Double> usable = Collections.synchronizedList(new ArrayList<>());
        ExecutorService workers = Executors.newFixedThreadPool(slots);
        long start = System.nanoTime();
        try (Family.Peak peak = new Family.Peak()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(workers.submit(() -> {
                    usable.add(one(source, url));
                    return null;
                }));
            }
            for (Future<?> job : all) {
                job.get();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Jobs(count / seconds, median(usable), peak.most());
        } finally {
            workers.shutdownNow();
        }
    }

    /** Milliseconds to the usable page. */
    static double one(PageSource source, String url) throws Exception {
        long start = System.nanoTime();
        double[] usable = new double[1];
        source.lend(page -> {
            usable[0] = (System.nanoTime() - start) / 1e6;
            work(page, url);
        });
        return usable[0];
    }

    private static void work(Page page, String url) {
        page.navigate(url);
        String text = page.textContent("#text");
        if (!"something to read".equals(text)) {
            throw new IllegalStateException("the page said " + text);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
