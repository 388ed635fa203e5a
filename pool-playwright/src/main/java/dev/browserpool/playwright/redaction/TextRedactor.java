package dev.browserpool.playwright.redaction;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes secrets out of texts: what URLs carry, and then what the user knows of.
 *
 * @param more the user's own
 * @param told whether its failing was logged
 */
public record TextRedactor(UnaryOperator<String> more, AtomicBoolean told) {
    private static final Logger LOG = LoggerFactory.getLogger(TextRedactor.class);

    public TextRedactor(UnaryOperator<String> more) {
        this(more, new AtomicBoolean());
    }

    /** Of anything that is no page. */
    public String text(String text) {
        return further(Redactor.text(text));
    }

    /** Of a page, in which URLs are relative as well. */
    public String document(String html) {
        return further(DocumentRedactor.text(html));
    }

    private String further(String redacted) {
        try {
            return more.apply(redacted);
        } catch (RuntimeException e) {
            if (!told.getAndSet(true)) {
                LOG.warn("the redactor of evidence failed, texts are left out: {}", e.toString());
            }
            return Redactor.GONE + " (the redactor failed)";
        }
    }
}
