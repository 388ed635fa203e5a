package dev.browserpool.examples.operations;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Whom to tell what.
 *
 * @param addresses where each kind of alert goes; what is not there goes nowhere
 * @param timeout how long one attempt may take
 * @param restAfterFailure for how long an address is left alone that could not be told
 * @param healthInterval how often the pool's health is looked at
 */
public record WebhookOptions(
        Map<Alert.Kind, URI> addresses, Duration timeout, Duration restAfterFailure, Duration healthInterval) {

    /** Refuses addresses that are none, with an {@link IllegalArgumentException} that does not repeat them. */
    public WebhookOptions {
        addresses.values().forEach(Webhook::checked);
        addresses = Map.copyOf(addresses);
    }

    /** Nobody is told anything yet; 5 s for an attempt, half a minute of rest, health every 5 s. */
    public static WebhookOptions none() {
        return new WebhookOptions(Map.of(), Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(5));
    }

    /** All kinds of alerts to one address. */
    public WebhookOptions all(URI address) {
        WebhookOptions options = this;
        for (Alert.Kind kind : Alert.Kind.values()) {
            options = options.on(kind, address);
        }
        return options;
    }

    /** One kind of alert to an address. */
    public WebhookOptions on(Alert.Kind kind, URI address) {
        Map<Alert.Kind, URI> more = new EnumMap<>(Alert.Kind.class);
        more.putAll(addresses);
        more.put(kind, address);
        return new WebhookOptions(more, timeout, restAfterFailure, healthInterval);
    }

    /** The same with another time for an attempt, and another rest. */
    public WebhookOptions patience(Duration forAttempt, Duration rest) {
        return new WebhookOptions(addresses, forAttempt, rest, healthInterval);
    }

    /** The same with another interval. */
    public WebhookOptions healthEvery(Duration interval) {
        return new WebhookOptions(addresses, timeout, restAfterFailure, interval);
    }

    @Override
    public String toString() {
        return "WebhookOptions[" + addresses.keySet() + "]"; // the addresses are secrets
    }
}
