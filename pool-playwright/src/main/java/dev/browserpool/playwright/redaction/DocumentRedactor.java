package dev.browserpool.playwright.redaction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a page's document what its URLs carry in secret, relative ones included, which nothing marks as such but where they
 * stand. In doubt it takes out too much: a script of the page's may be mangled, which nobody will run.
 */
public final class DocumentRedactor {
    /** A document that takes long to redact would keep a browser from being closed: a regular expression can't be cut off. */
    private static final int LONGEST = 1_000_000;

    /** As a browser writes a document down, values are in double quotes. */
    private static final Pattern ATTRIBUTE = Pattern.compile(
            "(?i)(?<=[\\s:-](?:href|src|srcset|action|formaction|poster|data|cite|ping|background|manifest|url)=\")[^\"]*");

    /** Anywhere else: a query by its look, or what stands in quotes or brackets and has one. */
    private static final Pattern QUERY = Pattern.compile("[?#][\\w%.\\[\\]-]{1,100}+=(?!=)[^\\s\"'<>()`]*"
            + "|(?<=[\"'(`]|&quot;)[^\\s\"'<>()`?#]{0,2000}+\\?[^\\s\"'<>()`]+");

    private DocumentRedactor() {}

    /** At most 1 million characters of it. */
    static String text(String document) {
        String whole = Redactor.urls(Redactor.atMost(LONGEST, document));
        return replace(QUERY, replace(ATTRIBUTE, whole));
    }

    private static String replace(Pattern places, String text) {
        return places.matcher(text).replaceAll(match -> Matcher.quoteReplacement(Redactor.parameters(match.group())));
    }
}
