package dev.browserpool.examples;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What must happen is waited for as long as a slow machine may need: browsers that start beside others can take ten seconds. */
public final class Patience implements BeforeAllCallback {
    /** How long whatever must happen may take. */
    private static final Duration ENOUGH = Duration.ofSeconds(40);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(ENOUGH);
        PlaywrightAssertions.setDefaultAssertionTimeout((double) ENOUGH.toMillis());
    }
}
