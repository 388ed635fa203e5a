package dev.browserpool.examples.operations;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One address that is told things by POST: three attempts, each with a time limit, then it is left alone for a while. A webhook's
 * URL is a password, so of it only host and port are logged. One thread at a time.
 */
final class Webhook {
    private static final Logger log = LoggerFactory.getLogger(Webhook.class);
    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final HttpClient client;
    private final URI address;
    private final WebhookOptions options;
    private final CountDownLatch closed;
    private long quietUntil = System.nanoTime();
    private long skipped;

    Webhook(HttpClient client, URI address, WebhookOptions options, CountDownLatch closed) {
        this.client = client;
        this.address = address;
        this.options = options;
        this.closed = closed;
    }

    /** Refuses what is no address for HTTP, without repeating it. */
    static URI checked(URI address) {
        String scheme = String.valueOf(address.getScheme());
        if (!(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "a webhook's address must look like https://host[:port]/path; this one has the scheme '" + scheme
                            + "' and " + (address.getHost() == null ? "no host" : "a host"));
        }
        return address;
    }

    /** Sends it, or gives up. Never throws. */
    void send(String json) {
        if (System.nanoTime() - quietUntil < 0) {
            skipped++;
            return;
        }
        try {
            attempts(json);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempts(String json) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        String problem = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (attempt > 1 && closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            pause = pause.multipliedBy(2);
            try {
                int status = client.send(request(json), HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status < 300) {
                    return;
                }
                problem = "it answered " + status;
                if (status < 500 && status != 429) {
                    break; // the same again would be refused again
                }
            } catch (IOException e) {
                problem = e.getClass().getSimpleName();
            }
        }
        quietUntil = System.nanoTime() + options.restAfterFailure().toNanos();
        log.warn(
                "the webhook at {}:{} was not told: {}; it is left alone for {} ({} alerts were left out so far)",
                address.getHost(),
                address.getPort(),
                problem,
                options.restAfterFailure(),
                skipped);
    }

    private HttpRequest request(String json) {
        return HttpRequest.newBuilder(address)
                .timeout(options.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
    }
}
